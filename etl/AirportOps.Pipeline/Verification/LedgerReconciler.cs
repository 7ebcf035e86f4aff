using System.Globalization;
using System.Text;
using System.Text.Json;
using AirportOps.Cleaning;
using AirportOps.Lake;
using AirportOps.Pipeline.Batch;
using AirportOps.Pipeline.Quarantine;
using AirportOps.Pipeline.Silver;
using AirportOps.Pipeline.Windows;
using AirportOps.Reliability;

namespace AirportOps.Pipeline.Verification;

/// <summary>
/// Compares a simulator's ledger with Silver and the quarantine: every expected row is there once with equal fields and repairs, every expected
/// refusal with its reason, as many duplicates as expected, and nothing else. Memory: about 100 bytes an event of the ledger, and the refusals that it does not expect.
/// </summary>
/// <remarks>
/// Rows that the ledger does not know are a difference where their source is one of the ledger's; rows of other sources (real flights beside
/// simulated traffic) are only counted.
/// </remarks>
public sealed class LedgerReconciler
{
    private readonly ILake _lake;
    private readonly Func<CancellationToken, IAsyncEnumerable<StoredOutput>> _outputs;
    private readonly Dictionary<UInt128, Expected> _rows = [];
    private readonly Dictionary<(string Reason, string? EventId), int> _refusals = [];
    private readonly List<(string? EventId, string Text)> _unexpected = [];
    private readonly HashSet<string> _sources = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _otherRows = new(StringComparer.Ordinal);
    private readonly DifferenceList _differences = new();
    private readonly ScoreBoard _scores = new();
    private readonly CanonicalRow _canonical = new();
    private long _duplicates;
    private long _expectedRefused;

    /// <summary>Compares with all windows of a lake.</summary>
    /// <param name="lake">The lake.</param>
    public LedgerReconciler(ILake lake)
        : this(lake, cancellationToken => StoredOutput.OfWindowsAsync(new WindowStore(lake), cancellationToken))
    {
    }

    /// <summary>Compares with the result of a <c>clean</c>.</summary>
    /// <param name="folder">Its folder, as a lake.</param>
    /// <param name="manifest">Its manifest.</param>
    public LedgerReconciler(ILake folder, CleanManifest manifest)
        : this(folder, _ => new[] { StoredOutput.Of(manifest) }.ToAsyncEnumerable())
    {
    }

    private LedgerReconciler(ILake lake, Func<CancellationToken, IAsyncEnumerable<StoredOutput>> outputs) => (_lake, _outputs) = (lake, outputs);

    /// <summary>Compares.</summary>
    /// <param name="ledgers">The ledgers' files; together they list everything their sources sent.</param>
    /// <param name="expectedLegs">Takes each row's fields as the ledger has them, to check what is built from them; null for none.</param>
    /// <param name="progress">Records: events of the ledger read; rows: rows of Silver compared.</param>
    /// <param name="cancellationToken">Stops the comparison.</param>
    public async Task<ReconciliationReport> RunAsync(
        IReadOnlyList<string> ledgers,
        Action<Entity, JsonElement>? expectedLegs,
        StageProgress progress,
        CancellationToken cancellationToken)
    {
        foreach (var ledger in ledgers)
        {
            await foreach (var entry in LedgerReader.ReadAsync(ledger, cancellationToken).ConfigureAwait(false))
            {
                Expect(entry, ledger);
                progress.Add(records: 1);
                if (entry.Outcome is LedgerOutcome.Row)
                {
                    expectedLegs?.Invoke(entry.Entity, entry.Row);
                }
            }
        }

        var total = new LedgerSum();
        var quarantines = new List<WindowObject>();
        var resolved = new HashSet<QuarantineReference>();
        long matchingRows = 0;
        long matchingRefused = 0;
        await foreach (var output in _outputs(cancellationToken).ConfigureAwait(false))
        {
            total.Add(output.Ledger);
            if (output.Gap is { } gap)
            {
                // Also where the ledger misses nothing: what was lost there may be another source's.
                _differences.Add("gap", gap);
            }

            foreach (var file in output.Files)
            {
                matchingRows += await CompareAsync(file, cancellationToken).ConfigureAwait(false);
                progress.Add(rows: file.Rows);
            }

            quarantines.AddRange(output.Quarantine);
            if (output.Replayed is { } replayed)
            {
                total.Resolve(replayed);
                resolved.UnionWith(replayed.Lines.SelectMany(lines => QuarantineReference.Of(lines)));
            }
        }

        foreach (var quarantine in quarantines)
        {
            matchingRefused += await CompareAsync(quarantine, resolved, cancellationToken).ConfigureAwait(false);
        }

        AddMissing();
        if (total.Duplicates != _duplicates)
        {
            _differences.Add("duplicates", Invariant($"the ledger expects {_duplicates} duplicates, the cleaning counted {total.Duplicates}"));
        }

        _scores.AddDuplicates(_duplicates, total.Duplicates);
        progress.Complete();
        return new ReconciliationReport
        {
            LedgerEvents = _rows.Count + _duplicates + _expectedRefused,
            ExpectedRows = _rows.Count,
            ExpectedDuplicates = _duplicates,
            ExpectedRefused = _expectedRefused,
            MatchingRows = matchingRows,
            MatchingRefused = matchingRefused,
            Windows = total.ToLedger(),
            OtherRows = _otherRows,
            Scores = _scores.ToScores(),
            Differences = _differences.Spelled,
            DifferenceCount = _differences.Count,
        };
    }

    private void Expect(LedgerEntry entry, string ledger)
    {
        var kinds = _scores.Kinds(entry.Mess);
        _scores.AddEvent(kinds);
        switch (entry.Outcome)
        {
            case LedgerOutcome.Row:
                _canonical.Clear();
                _canonical.AddLedgerRow(entry.Entity, entry.Row, entry.Repairs);
                _sources.Add(entry.Row.TryGetProperty("source", out var source) ? source.GetString()! : string.Empty);
                var marks = _scores.Marks(_canonical.Repairs, _canonical.HasExtras);
                if (_rows.TryAdd(IdHash(entry.EventId!), new Expected(_canonical.Hash, kinds, marks)))
                {
                    _scores.ExpectRow(kinds, marks);
                }
                else
                {
                    _differences.Add("ledger", $"{ledger} expects two rows with event_id {entry.EventId}");
                }

                break;
            case LedgerOutcome.Duplicate:
                _duplicates++;
                break;
            default:
                var key = (entry.Reason!, entry.EventId);
                _refusals[key] = _refusals.GetValueOrDefault(key) + 1;
                _expectedRefused++;
                _scores.ExpectRefusal(entry.Reason!);
                break;
        }
    }

    private async Task<long> CompareAsync(WindowFile file, CancellationToken cancellationToken)
    {
        using var reader = await SilverFileReader.OpenAsync(_lake, file, cancellationToken).ConfigureAwait(false);
        var entity = EntityNames.Find(file.Entity)
            ?? throw new PipelineException($"{file.Key} is of entity {file.Entity}, which this program does not know. Use a newer one.", Fault.Operator, null);
        long matching = 0;
        for (var group = 0; group < reader.RowGroups.Count; group++)
        {
            var rows = new SilverRows(reader, group, entity);
            while (rows.Read(_canonical))
            {
                matching += CompareRow(rows, file.Key) ? 1 : 0;
            }
        }

        return matching;
    }

    private bool CompareRow(SilverRows rows, string key)
    {
        var id = CanonicalRow.HashOf(rows.EventId);
        var marks = _scores.Marks(_canonical.Repairs, _canonical.HasExtras);
        if (!_rows.TryGetValue(id, out var expected))
        {
            var source = Encoding.UTF8.GetString(rows.Source);
            if (_sources.Contains(source))
            {
                _scores.AddUnexpectedRow(marks);
                _differences.Add("unexpected row", $"{key} has a row that no ledger expects: {Spell(_canonical.Text)}");
            }
            else
            {
                _otherRows[source] = _otherRows.GetValueOrDefault(source) + 1;
            }

            return false;
        }

        if (expected.IsFound)
        {
            _scores.AddUnexpectedRow(marks);
            _differences.Add("doubled row", $"{key} has a row that was there before: {Spell(_canonical.Text)}");
            return false;
        }

        _rows[id] = expected with { IsFound = true };
        var isEqual = _canonical.Hash == expected.Hash;
        _scores.AddRow(expected.Kinds, expected.Marks, marks, isEqual);
        if (isEqual && marks == expected.Marks)
        {
            return true;
        }

        _differences.Add("other content", $"{key} has other content than the ledger expects: {Spell(_canonical.Text)}");
        return false;
    }

    /// <summary>Compares what is refused; what a replay resolved is compared as the row or duplicate it became.</summary>
    private async Task<long> CompareAsync(WindowObject quarantine, HashSet<QuarantineReference> resolved, CancellationToken cancellationToken)
    {
        long matching = 0;
        long number = 0;
        await foreach (var line in QuarantineReader.ReadAsync(_lake, quarantine, cancellationToken).ConfigureAwait(false))
        {
            if (resolved.Contains(new QuarantineReference(quarantine.Key, ++number)))
            {
                continue;
            }

            // A ledger lists without an id what it expects the cleaner to read none from.
            var key = _refusals.ContainsKey((line.Reason, line.EventId)) ? (line.Reason, line.EventId) : (line.Reason, null);
            var isRight = _refusals.TryGetValue(key, out var left) && left > 0;
            _scores.AddRefusal(line.Reason, isRight);
            if (isRight)
            {
                _refusals[key] = left - 1;
                matching++;
            }
            else
            {
                _unexpected.Add((line.EventId, $"{quarantine}: event_id {line.EventId ?? "none"} was refused as {line.Reason} ({line.Detail})"));
            }
        }

        return matching;
    }

    private void AddMissing()
    {
        var missing = _rows.Values.Count(row => !row.IsFound);
        if (missing > 0)
        {
            _differences.Add("missing rows", Invariant($"{missing} rows that the ledger expects are not in Silver"), missing);
        }

        AddUnexpectedRefusals();
        foreach (var ((reason, eventId), count) in _refusals.Where(refusal => refusal.Value > 0))
        {
            _differences.Add("missing refusal", Invariant($"{count} refused as {reason}, event_id {eventId ?? "none"}, are not in the quarantine"), count);
        }
    }

    /// <summary>
    /// An event refused for another reason than the ledger's is one difference, not a refusal too many and one too few. So reads a line that a replay
    /// under later rules left where it was.
    /// </summary>
    private void AddUnexpectedRefusals()
    {
        var missing = _refusals.Keys.Where(key => key.EventId is not null).ToLookup(key => key.EventId, StringComparer.Ordinal);
        foreach (var (eventId, text) in _unexpected)
        {
            if (missing[eventId].FirstOrDefault(key => _refusals[key] > 0) is { Reason: not null } expected)
            {
                _refusals[expected]--;
                _differences.Add("other reason", $"{text}, the ledger expects {expected.Reason}");
            }
            else
            {
                _differences.Add("unexpected refusal", $"{text}, which no ledger expects");
            }
        }
    }

    private static UInt128 IdHash(string eventId) => CanonicalRow.HashOf(Encoding.UTF8.GetBytes(eventId));

    private static string Spell(string canonical) => canonical.TrimEnd('\n').Replace("\n", " ", StringComparison.Ordinal);

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    /// <param name="Hash">Of the row's values.</param>
    /// <param name="Kinds">The kinds of mess made of the event, as the score board numbers them.</param>
    /// <param name="Marks">The row's repairs and extras, as the score board numbers them.</param>
    /// <param name="IsFound">Whether Silver has a row of this id.</param>
    private readonly record struct Expected(UInt128 Hash, int Kinds, int Marks, bool IsFound = false);
}
