using System.Text;
using AirportOps.Cleaning.Columns;

namespace AirportOps.Cleaning.Tests;

/// <summary>Any bytes at all: nothing is thrown, every event is counted once, and every column has a level or value for every row.</summary>
public sealed class FuzzTests
{
    private static readonly byte[][] Seeds =
    [
        .. new[]
        {
            Events.Flight(), Events.Flight(("gate", "\"b4\""), ("x", "{\"y\":[1,{\"z\":null}]}"), ("delay", "{\"value\":\"7\",\"unit\":\"min\"}")),
            Events.Flight(("airline", null), ("flight_number", "\"AAL0100A\""), ("scheduled_departure", "\"03/01/2026 2:05 PM\"")),
            Events.Baggage(("weight_kg", "\"44 lb\""), ("flight", "\"AA 100\"")), Events.Security(("wait_minutes", "\"1h 20m\"")),
            Events.Ground(("source", "\"\\ud83d\\ude00\\\"\\u00e9\"")), $"[{Events.Flight()},7,{Events.Ground()}]", $"{Events.Flight()} {Events.Ground()}",
            System.Text.Json.JsonSerializer.Serialize(Events.Baggage()), "\uFEFF" + Events.Security(),
            Events.Flight(("event_time", "\"Sun, 01 Mar 2026 14:05:00 GMT\""), ("flight_date", "\"01-MAR-2026\"")),
        }.Select(Encoding.UTF8.GetBytes),
    ];

    private static readonly byte[][] Splices =
    [
        .. new[]
        {
            "{", "}", "[", "]", "\"", ",", ":", "\\", "\\u", "\\ud800", "null", "-", "1e9", ".5", "0", "{\"value\":", "\"unit\":\"kg\"}", "P", "T", "Z",
            "+14:00", " ", "\t", "\uFEFF", "é", "\0", "N/A", "AA", "99999999999999999999", "event_id", "\"id\":", "departure",
        }.Select(Encoding.UTF8.GetBytes),
        [0xFF], [0xC3], [0xED, 0xA0, 0x80], [0x80],
    ];

    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    [InlineData(13)]
    public void Mutated_records_are_all_accounted_for(int seed)
    {
        var random = new Random(seed);
        Check(seed, 30_000, () => Mutated(random));
    }

    [Theory]
    [InlineData(21)]
    public void Random_bytes_are_all_accounted_for(int seed)
    {
        var random = new Random(seed);
        Check(seed, 20_000, () =>
        {
            var record = new byte[random.Next(40)];
            random.NextBytes(record);
            return record;
        });
    }

    [Fact]
    public void Every_prefix_of_a_record_is_refused_once_or_is_the_event()
    {
        foreach (var whole in Seeds.Where(seed => seed[0] == '{' && Encoding.UTF8.GetString(seed).IndexOf("} {", StringComparison.Ordinal) < 0))
        {
            for (var length = 1; length < whole.Length; length++)
            {
                var outcome = Assert.Single(CleaningRun.Outcomes(whole.AsSpan(0, length)));
                Assert.Equal("truncated", (string?)outcome["refused"]);
            }
        }
    }

    private static byte[] Mutated(Random random)
    {
        var record = Seeds[random.Next(Seeds.Length)].ToList();
        for (var changes = random.Next(1, 5); changes > 0 && record.Count > 0; changes--)
        {
            var at = random.Next(record.Count);
            switch (random.Next(6))
            {
                case 0:
                    record[at] = (byte)random.Next(256);
                    break;
                case 1:
                    record.RemoveAt(at);
                    break;
                case 2:
                    record.RemoveRange(at, record.Count - at);
                    break;
                case 3:
                    record.InsertRange(at, Splices[random.Next(Splices.Length)]);
                    break;
                case 4:
                    record.RemoveRange(at, random.Next(Math.Min(20, record.Count - at)));
                    break;
                default:
                    record.InsertRange(at, record.GetRange(0, random.Next(record.Count)));
                    break;
            }
        }

        return [.. record];
    }

    private static void Check(int seed, int count, Func<byte[]> next)
    {
        var run = new CleaningRun();
        for (var i = 0; i < count; i++)
        {
            var record = next();
            var before = run.Batch.Events;
            try
            {
                run.Clean(record);
            }
            catch (Exception fault)
            {
                Assert.Fail($"seed {seed}, record {i}, base64 {Convert.ToBase64String(record)}: {fault}");
            }

            Assert.True(run.Batch.Events > before, $"seed {seed}, record {i}, base64 {Convert.ToBase64String(record)}: no event counted");
        }

        Assert.Equal(count, run.Batch.Records);
        Assert.Equal(run.Batch.Rows, run.Batch.RowSets.Sum(set => (long)set.Count));
        Assert.Equal(run.Batch.Refused, run.Batch.RefusedByReason.Values.Sum());
        Assert.Equal(run.Batch.Rows, run.Batch.AcceptedEvents.Length);
        Assert.Subset(CleaningRules.RefusalReasons.ToHashSet(), run.Batch.RefusedByReason.Keys.ToHashSet());
        Assert.All(run.Batch.RowSets.SelectMany(set => set.Columns.Select(column => (set.Count, column))), pair => CheckColumn(pair.Count, pair.column));
    }

    private static void CheckColumn(int rows, Column column)
    {
        Assert.Equal(column.Schema.IsRequired ? 0 : rows, column.Levels.Length);
        Assert.Equal(column.Schema.IsRequired ? rows : column.Levels.Count((byte)1), column.ValueCount);
        if (column is not Utf8Column text)
        {
            return;
        }

        Assert.Equal((column.ValueCount + 1, 0, text.Bytes.Length), (text.Offsets.Length, text.Offsets[0], text.Offsets[^1]));
        for (var i = 0; i < text.ValueCount; i++)
        {
            var value = text.Bytes[text.Offsets[i]..text.Offsets[i + 1]];
            Assert.True(System.Text.Unicode.Utf8.IsValid(value) && !value.Contains((byte)0), $"{column.Schema.Name}: {Convert.ToHexString(value)}");
            if (column.Schema.Name == "extras")
            {
                using var parsed = System.Text.Json.JsonDocument.Parse(value.ToArray());
            }
            else if (column.Schema.Name != "repairs")
            {
                Assert.InRange(value.Length, 1, 64);
            }
        }
    }
}
