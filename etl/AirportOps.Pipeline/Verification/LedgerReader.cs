using System.Runtime.CompilerServices;
using System.Text.Json;
using AirportOps.Cleaning;
using AirportOps.Files;
using AirportOps.Reliability;

namespace AirportOps.Pipeline.Verification;

/// <summary>
/// Reads a simulator's ledger, compressed or not: a JSON object a line, for every event that was sent, with what must become of it.
/// </summary>
internal static class LedgerReader
{
    /// <summary>Reads the entries in the order in which the events were sent.</summary>
    /// <exception cref="PipelineException">The file can't be read or a line is none of a ledger.</exception>
    internal static async IAsyncEnumerable<LedgerEntry> ReadAsync(string path, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var lines = Open(path);
        var number = 0L;
        while (await ReadLineAsync(lines, path, number, cancellationToken).ConfigureAwait(false) is { } line)
        {
            number++;
            JsonDocument document;
            try
            {
                document = JsonDocument.Parse(line);
            }
            catch (JsonException damaged)
            {
                throw NotALine(path, number, damaged);
            }

            using (document)
            {
                yield return Parse(document.RootElement, path, number);
            }
        }
    }

    private static async ValueTask<string?> ReadLineAsync(StreamReader lines, string path, long number, CancellationToken cancellationToken)
    {
        try
        {
            return await lines.ReadLineAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (InvalidDataException damaged)
        {
            throw new PipelineException($"The ledger {path} is damaged after line {number}: {damaged.Message}. Fetch it again.", Fault.Operator, damaged);
        }
    }

    private static LedgerEntry Parse(JsonElement line, string path, long number)
    {
        try
        {
            var mess = line.TryGetProperty("mess", out var kinds) ? string.Join(',', kinds.EnumerateArray().Select(kind => kind.GetString())) : string.Empty;
            return line.GetProperty("expect").GetString() switch
            {
                "row" => new LedgerEntry
                {
                    Outcome = LedgerOutcome.Row,
                    Mess = mess,
                    Entity = EntityNames.Find(line.GetProperty("entity").GetString()!) ?? throw NotALine(path, number, null),
                    EventId = line.GetProperty("row").GetProperty("event_id").GetString(),
                    Row = line.GetProperty("row"),
                    Repairs = Text(line, "repairs"),
                },
                "duplicate" => new LedgerEntry { Outcome = LedgerOutcome.Duplicate, Mess = mess, EventId = Text(line, "event_id") },
                "refused" => new LedgerEntry
                {
                    Outcome = LedgerOutcome.Refused,
                    Mess = mess,
                    EventId = Text(line, "event_id"),
                    Reason = line.GetProperty("reason").GetString(),
                },
                _ => throw NotALine(path, number, null),
            };
        }
        catch (Exception wrong) when (wrong is KeyNotFoundException or InvalidOperationException)
        {
            throw NotALine(path, number, wrong);
        }
    }

    private static string? Text(JsonElement line, string name) =>
        line.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;

    private static StreamReader Open(string path)
    {
        try
        {
            return new StreamReader(InputContent.Open(File.OpenRead(path), path));
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            throw new PipelineException($"The ledger {path} can't be read: {unreadable.Message}", Fault.Operator, unreadable);
        }
    }

    private static PipelineException NotALine(string path, long number, Exception? cause) => new(
        $"{path}, line {number} is no line of a ledger: expected an object with \"expect\" (row, duplicate or refused) and what belongs to it. " +
        "Give the file that 'simulate --ledger' wrote.",
        Fault.Operator,
        cause);
}
