using System.Globalization;
using System.Text;
using AirportOps.Cli.Hosting;
using AirportOps.Cli.Output;
using AirportOps.Pipeline.Batch;

namespace AirportOps.Cli.Cleaning;

/// <summary>What <c>clean --explain</c> says.</summary>
internal static class ExplainReport
{
    internal static async Task<int> WriteAsync(VerbContext context, IEnumerable<ExplainedRecord> records, string target)
    {
        var found = 0;
        var results = new List<Result>();
        foreach (var record in records)
        {
            found++;
            if (context.Json)
            {
                results.Add(ToResult(record));
            }
            else
            {
                Print(context.Out, record);
            }
        }

        if (context.Json)
        {
            await Result.WriteAsync(context, new Result { ["records"] = results });
        }

        if (found == 0)
        {
            await context.Error.WriteLineAsync($"airportops: no record has the number or the event_id {target}; ids derived from the bytes are told in the column event_id");
        }

        return found > 0 ? ExitCode.Done : ExitCode.Failed;
    }

    private static Result ToResult(ExplainedRecord record) => new()
    {
        ["file"] = record.File,
        ["record"] = record.Number,
        ["raw"] = Encoding.UTF8.GetString(record.Raw.Span),
        ["events"] = record.Events.Select(explained =>
        {
            var fields = new Result();
            foreach (var (name, value) in explained.Fields)
            {
                fields[name] = value;
            }

            return new Result { ["outcome"] = explained.Outcome, ["event_id"] = explained.EventId, ["detail"] = explained.Detail, ["fields"] = fields };
        }).ToArray(),
    };

    private static void Print(TextWriter output, ExplainedRecord record)
    {
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{record.File}, record {record.Number}, {record.Raw.Length:N0} bytes as it arrived:"));
        output.WriteLine($"  {Encoding.UTF8.GetString(record.Raw.Span)}");
        foreach (var explained in record.Events)
        {
            output.WriteLine($"→ {explained.Outcome}{(explained.Detail is null ? "" : $": {explained.Detail}")}");
            var width = explained.Fields.Select(field => field.Key.Length).DefaultIfEmpty(0).Max();
            foreach (var (name, value) in explained.Fields)
            {
                output.WriteLine($"    {name.PadRight(width)}  {value}");
            }
        }

        output.WriteLine();
    }
}
