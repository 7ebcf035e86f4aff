using AirportOps.Reliability;
using AirportOps.Warehouse.Sessions;
using AirportOps.Warehouse.Sql;

namespace AirportOps.Warehouse.Migrations;

/// <summary>Adopting a warehouse that was made otherwise.</summary>
public sealed partial class MigrationRunner
{
    /// <summary>
    /// Notes the versioned scripts up to a version as applied, without running them: for a database whose objects were made by other means or whose
    /// journal was lost. Every table that they create must be there.
    /// </summary>
    /// <param name="version">The number of the last one, <c>V0005</c>, or its file's name.</param>
    /// <param name="cancellationToken">Cancelled, nothing is noted.</param>
    /// <returns>The names of the scripts noted; those that the journal had are not among them.</returns>
    /// <exception cref="UsageException">No versioned script has that number.</exception>
    /// <exception cref="MigrationException">A table is not there, or the journal and the scripts do not fit; nothing was noted.</exception>
    /// <exception cref="WarehouseException">The warehouse can't be reached.</exception>
    public async Task<IReadOnlyList<string>> BaselineAsync(string version, CancellationToken cancellationToken)
    {
        var versioned = folder.Migrations(Engine).Where(script => script.Kind == ScriptKind.Versioned).ToList();
        var last = versioned.FindIndex(script => script.Name == version || ScriptFolder.Number(script.Name) == version);
        if (last < 0)
        {
            throw new UsageException(
                $"There is no migration {version}; the first is {versioned.FirstOrDefault()?.Name}, the last {versioned.LastOrDefault()?.Name}.");
        }

        try
        {
            var session = await warehouse.OpenSessionAsync(cancellationToken).ConfigureAwait(false);
            await using var _ = session.ConfigureAwait(false);
            var journal = new MigrationJournal(session);
            await LockAsync(journal, cancellationToken).ConfigureAwait(false);
            var applied = await journal.ReadAsync(cancellationToken).ConfigureAwait(false);
            var adopted = versioned[..(last + 1)];
            var known = versioned.Where((script, index) => index <= last || applied.ContainsKey(script.Name)).ToList();
            await CheckTablesAsync(journal, known, last, cancellationToken).ConfigureAwait(false);
            MigrationPlan.Check(MigrationPlan.Compare([.. versioned.Where(script => applied.ContainsKey(script.Name))], applied), warehouse.Location);

            await journal.CreateAsync(folder.Journal(), Engine, cancellationToken).ConfigureAwait(false);
            await session.BeginAsync(cancellationToken).ConfigureAwait(false);
            var noted = adopted.Where(script => !applied.ContainsKey(script.Name)).ToList();
            foreach (var script in noted)
            {
                await journal.WriteAsync(script, statements: 0, clock.GetUtcNow(), TimeSpan.Zero, cancellationToken).ConfigureAwait(false);
                Log.AdoptedScript(logger, script.Name);
            }

            await session.CommitAsync(noted.Count == 0 ? null : MigrationJournal.Settled(noted[^1]), cancellationToken).ConfigureAwait(false);
            return [.. noted.Select(script => script.Name)];
        }
        catch (StatementException trouble)
        {
            throw trouble.As("could not be adopted");
        }
    }

    /// <summary>Looks for the tables of the scripts up to an index; a later script that the journal has may have dropped one of them.</summary>
    private async Task CheckTablesAsync(MigrationJournal journal, List<Script> known, int last, CancellationToken cancellationToken)
    {
        var adopted = known[..(last + 1)].Select(script => script.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var (script, line, schema, table) in CreatedTables(known).Where(created => adopted.Contains(created.Script)))
        {
            if (!await journal.ExistsAsync(schema, table, cancellationToken).ConfigureAwait(false))
            {
                throw new MigrationException(
                    $"{script} line {line} creates {schema}.{table}, which {warehouse.Location} has not. Take an earlier version as the baseline, or run 'migrate up'.", Fault.Operator, null)
                { Script = script, Line = line };
            }
        }
    }

    /// <summary>The tables that scripts leave behind: created, and not dropped by a later statement.</summary>
    private static List<(string Script, int Line, string Schema, string Table)> CreatedTables(List<Script> scripts)
    {
        var tables = new List<(string Script, int Line, string Schema, string Table)>();
        foreach (var script in scripts)
        {
            foreach (var statement in SqlSplitter.Statements(SqlLexer.Tokens(script.Content)))
            {
                var editor = new TokenEditor(statement);
                if (editor.AreHere(0, "CREATE", "TABLE"))
                {
                    var (schema, table) = NameAt(editor, editor.AreHere(2, "IF", "NOT", "EXISTS") ? 5 : 2);
                    tables.Add((script.Name, statement[0].Line, schema, table));
                }
                else if (editor.AreHere(0, "DROP", "TABLE"))
                {
                    var (schema, table) = NameAt(editor, editor.AreHere(2, "IF", "EXISTS") ? 4 : 2);
                    tables.RemoveAll(created => created.Schema == schema && created.Table == table);
                }
            }
        }

        return tables;
    }

    private static (string Schema, string Table) NameAt(TokenEditor editor, int index) => editor[index + 1].IsSymbol('.')
        ? (Plain(editor[index]), Plain(editor[index + 2]))
        : ("public", Plain(editor[index]));

    private static string Plain(SqlToken name) =>
        name.Kind == SqlTokenKind.QuotedName ? name.Text[1..^1].Replace("\"\"", "\"", StringComparison.Ordinal) : name.Text.ToLowerInvariant();
}
