using System.Text;

namespace AirportOps.Pipeline.Tests.Batch;

/// <summary>Records with what makes cleaning side by side hard: equal ids far apart and close by, with equal and other content, alone and in arrays.</summary>
internal static class MessyRecords
{
    private static readonly string[] Days = ["2026-03-01", "2026-03-02", "2026-03-03"];

    /// <summary>So many records; the same seed gives the same ones.</summary>
    internal static IReadOnlyList<string> Make(int count, int seed)
    {
        var random = new Random(seed);
        var records = new List<string>(count);
        for (var i = 0; i < count; i++)
        {
            // Ids repeat, near and far; content of equal ids is mostly equal.
            var id = random.Next(4) == 0 ? random.Next(Math.Max(1, i)) : i;
            records.Add(random.Next(20) switch
            {
                0 => $"not json {i}",
                1 => Event(id, random.Next(2))[..^(1 + random.Next(20))],
                2 => $"[{Event(id, 0)},{Event(random.Next(i + 1), random.Next(3))},7,{Event(i + count, 0)}]",
                3 => $"\"{Event(id, random.Next(2)).Replace("\"", "\\\"", StringComparison.Ordinal)}\"",
                4 => Event(id, 1),
                5 => $$"""{"event_id":"w{{i}}","event_type":"weather"}""",
                _ => Event(id, 0),
            });
        }

        return records;
    }

    internal static byte[] Lines(IEnumerable<string> records, string lineEnd = "\n") => Encoding.UTF8.GetBytes(string.Concat(records.Select(record => record + lineEnd)));

    private static string Event(int id, int variant) => (id % 3) switch
    {
        0 => $$"""{"event_id":"e{{id}}","event_type":"security","event_time":"{{Days[id % 5 % 3]}}T14:05:00Z","airport":"JFK","checkpoint":"CP-{{id % 3}}","wait_minutes":{{variant}}.5}""",
        1 => $$"""{"event_id":"e{{id}}","event_type":"baggage","event_time":"{{Days[id % 7 % 3]}}T01:00:0{{variant}}Z","airport":" lhr ","bag_tag":"{{1_000_000_000 + id}}","scan_point":"loaded","note":"n{{id}}"}""",
        _ => $$"""{"event_id":"e{{id}}","event_type":"ground","event_time":"{{Days[id % 4 % 3]}}T02:00:00Z","airport":"CDG","service":"fueling","phase":"{{(variant == 0 ? "start" : "finished")}}"}""",
    };
}
