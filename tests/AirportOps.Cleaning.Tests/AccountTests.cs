using System.Reflection;
using System.Text;
using System.Text.Json.Nodes;
using AirportOps.Cleaning.Columns;

namespace AirportOps.Cleaning.Tests;

/// <summary>What is told of an event, against what became of it, on every worked example.</summary>
public sealed class AccountTests
{
    [Fact]
    public void The_accounts_of_the_worked_examples_add_up_to_their_rows_and_refusals()
    {
        var events = 0;
        foreach (var record in Records())
        {
            var accounts = new List<EventAccount>();
            var batch = new CleanBatch();
            new EventCleaner(CleaningRun.Codes, new CleanerOptions()) { Told = accounts.Add }
                .Clean(record, new RecordOrigin("s"u8, "1"u8, CleaningRun.Arrival), null, batch);

            Assert.Equal(Rows(batch), accounts.Where(account => account.IsClean).Select(Line).Order(StringComparer.Ordinal));
            Assert.Equal(
                batch.Refusals.Where(refusal => refusal.Field is not null && refusal.Reason != "time_out_of_range").Select(refusal => refusal.Reason),
                accounts.Where(account => !account.IsClean).SelectMany(account => account.Fields.Where(field => field.Reason is not null && field.Field != "designator").Take(1))
                    .Where(field => field.Field != "event_type").Select(field => field.Reason));
            Assert.All(accounts, account => Assert.Subset(new HashSet<string> { "bad_utf8", "dropped_extras" }, account.ExtrasRepairs.ToHashSet()));
            events += accounts.Count;
        }

        Assert.InRange(events, 94, int.MaxValue);
    }

    private static string Line(EventAccount account)
    {
        var values = account.Fields.Where(field => field.Value is not null && field.Field != "event_type").Select(field => $"{field.Field}={field.Value}");
        var repairs = account.Repairs.Concat(account.Fields.SelectMany(field => field.Repairs)).Concat(account.ExtrasRepairs).Distinct();
        return $"{string.Join(' ', values)} {account.Extras} {string.Join(',', repairs.Order(StringComparer.Ordinal))}";
    }

    private static IEnumerable<string> Rows(CleanBatch batch) => batch.RowSets
        .SelectMany(set => Enumerable.Range(0, set.Count).Select(row => Row(set, row)))
        .Order(StringComparer.Ordinal);

    private static string Row(RowSet set, int row)
    {
        string[] apart = ["arrived", "shard", "sequence", "extras", "repairs"];
        var values = set.Columns.Where(column => !apart.Contains(column.Schema.Name)).Select(column => (column.Schema.Name, Value: Text(column, row)));
        var rest = set.Columns.ToDictionary(column => column.Schema.Name, column => Text(column, row));
        return $"{string.Join(' ', values.Where(value => value.Value is not null).Select(value => $"{value.Name}={value.Value}"))} {rest["extras"]} {rest["repairs"]}";
    }

    private static string? Text(Column column, int row) => CleaningRun.Value(column, row)?.ToString();

    private static IEnumerable<byte[]> Records()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("examples.jsonl")!;
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
        {
            foreach (var record in JsonNode.Parse(line)!["records"]?.AsArray() ?? [])
            {
                yield return record!["raw_b64"] is { } encoded ? Convert.FromBase64String((string)encoded!) : Encoding.UTF8.GetBytes((string)record["raw"]!);
            }
        }
    }
}
