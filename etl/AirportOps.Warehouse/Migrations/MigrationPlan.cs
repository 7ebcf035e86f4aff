using AirportOps.Reliability;

namespace AirportOps.Warehouse.Migrations;

/// <summary>Compares the scripts with a database's journal.</summary>
internal static class MigrationPlan
{
    /// <summary>Every script there is or was, in the order of running; applied ones without a file come last.</summary>
    internal static IReadOnlyList<(Script? Script, ScriptStatus Status)> Compare(
        IReadOnlyList<Script> scripts,
        Dictionary<string, AppliedScript> journal)
    {
        var newest = journal.Values.Where(applied => applied.Kind == ScriptKind.Versioned)
            .Select(applied => ScriptFolder.Number(applied.Name)).Order(StringComparer.Ordinal).LastOrDefault();
        var names = scripts.Select(script => script.Name).ToHashSet(StringComparer.Ordinal);
        // A repeatable script may go: dropping its view is a versioned one's work.
        var missing = journal.Values
            .Where(applied => applied.Kind == ScriptKind.Versioned && !names.Contains(applied.Name))
            .OrderBy(applied => applied.Name, StringComparer.Ordinal)
            .Select(applied => ((Script?)null, StatusOf(applied.Name, applied.Kind, ScriptState.Missing, applied)));

        return
        [
            .. scripts.Select(script =>
            {
                var applied = journal.GetValueOrDefault(script.Name);
                return ((Script?)script, StatusOf(script.Name, script.Kind, StateOf(script, applied, newest), applied));
            }),
            .. missing,
        ];
    }

    /// <summary>Fails when a script stands where nothing may run.</summary>
    /// <exception cref="MigrationException">One is edited, missing or late.</exception>
    internal static void Check(IReadOnlyList<(Script? Script, ScriptStatus Status)> plan, string location)
    {
        var known = Known(plan);
        foreach (var (_, status) in plan)
        {
            var message = status.State switch
            {
                ScriptState.Edited =>
                    $"{status.Name} was changed after it was applied to {location}. Restore the file and put the change into a new script.",
                ScriptState.Missing when string.CompareOrdinal(ScriptFolder.Number(status.Name), known) > 0 =>
                    IsNewer(location, status.Name, known),
                ScriptState.Missing =>
                    $"{status.Name} was applied to {location}, but the file is gone. Restore it.",
                ScriptState.Late =>
                    $"{status.Name} is older than what was applied to {location} already. Give it the next free number.",
                _ => null,
            };
            if (message is not null)
            {
                throw new MigrationException(message, Fault.Operator, null) { Script = status.Name };
            }
        }
    }

    /// <summary>The number of the newest script that the program has; null for none.</summary>
    internal static string? Known(IReadOnlyList<(Script? Script, ScriptStatus Status)> plan) => plan
        .Where(entry => entry.Script?.Kind == ScriptKind.Versioned)
        .Select(entry => ScriptFolder.Number(entry.Script!.Name)).Order(StringComparer.Ordinal).LastOrDefault();

    /// <summary>What is said of a warehouse that has a script newer than the program's.</summary>
    internal static string IsNewer(string location, string newer, string? known) =>
        $"The warehouse at {location} is newer than this program: it has {newer}, this program knows up to {known ?? "none"}. Use a newer program.";

    private static ScriptStatus StatusOf(string name, ScriptKind kind, ScriptState state, AppliedScript? applied) =>
        new(name, kind, state, applied?.AppliedAt, applied?.Duration);

    private static ScriptState StateOf(Script script, AppliedScript? applied, string? newest) => (applied, script.Kind) switch
    {
        (null, ScriptKind.Versioned) when string.CompareOrdinal(ScriptFolder.Number(script.Name), newest) < 0 => ScriptState.Late,
        (null, _) => ScriptState.Pending,
        ({ Checksum: null }, ScriptKind.Versioned) => ScriptState.Applied,
        var (row, _) when row.Checksum == script.Checksum => ScriptState.Applied,
        (_, ScriptKind.Versioned) => ScriptState.Edited,
        _ => ScriptState.Changed,
    };
}
