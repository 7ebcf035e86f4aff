using System.Globalization;
using AirportOps.Cli.Hosting;
using AirportOps.Cli.Output;
using AirportOps.Pipeline.Batch;

namespace AirportOps.Cli.Cleaning;

/// <summary>What <c>clean</c> says at its end: by entity, repair and reason.</summary>
internal static class CleanReport
{
    internal static async Task WriteAsync(VerbContext context, CleanManifest manifest, string directory, TimeSpan elapsed)
    {
        var ledger = manifest.Ledger;
        var perSecond = (long)(ledger.Events / Math.Max(elapsed.TotalSeconds, 0.001));
        var entities = manifest.Files.GroupBy(file => file.Entity).ToArray();
        var result = new Result
        {
            ["out"] = directory,
            ["records"] = ledger.Records,
            ["events"] = ledger.Events,
            ["rows"] = ledger.Rows,
            ["duplicates"] = ledger.Duplicates,
            ["refused"] = ledger.RefusedEvents,
        };
        if (context.Json)
        {
            result["entities"] = entities.Select(files => new Result
            {
                ["entity"] = files.Key,
                ["rows"] = files.Sum(file => file.Rows),
                ["days"] = files.Select(file => file.EventDate).Distinct().Count(),
                ["files"] = files.Count(),
                ["bytes"] = files.Sum(file => file.Bytes),
            }).ToArray();
            result["repairs"] = ledger.Repairs;
            result["reasons"] = ledger.Refused;
        }

        result["seconds"] = Math.Round(elapsed.TotalSeconds, 3);
        result["events_per_second"] = perSecond;
        await Result.WriteAsync(context, result);
        if (!context.Json)
        {
            Write(
                context.Out,
                ["entity", "rows>", "days>", "files>", "bytes>"],
                entities.Select(files => new[]
                {
                    files.Key, Text(files.Sum(file => file.Rows)), Text(files.Select(file => file.EventDate).Distinct().Count()),
                    Text(files.Count()), Text(files.Sum(file => file.Bytes)),
                }));
            Write(context.Out, ["repair", "rows>"], ByCount(ledger.Repairs));
            Write(context.Out, ["refused as", "events>"], ByCount(ledger.Refused));
        }
    }

    private static IEnumerable<string[]> ByCount(IReadOnlyDictionary<string, long> counts) =>
        counts.OrderByDescending(pair => pair.Value).Select(pair => new[] { pair.Key, Text(pair.Value) });

    private static string Text(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private static void Write(TextWriter output, string[] header, IEnumerable<string[]> rows)
    {
        var list = rows.ToArray();
        if (list.Length > 0)
        {
            output.WriteLine();
            TextTable.Write(output, header, list);
        }
    }
}
