using System.Buffers;
using System.Text;
using System.Text.Json;

namespace AirportOps.Operations.Emf;

/// <summary>
/// Writes lines of the embedded metric format
/// (<see href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html">specification</see>):
/// a directive has at most 100 metrics, a metric at most 100 values; what is over goes to a further line.
/// </summary>
internal static class EmfDocument
{
    private const int MaxMetrics = 100;
    private const int MaxValues = 100;

    /// <summary>The lines of what was measured under one set of dimensions.</summary>
    internal static IEnumerable<string> Lines(string metricNamespace, DateTimeOffset now, EmfDimensions dimensions, IEnumerable<EmfSeries> series)
    {
        var pieces = series
            .SelectMany(one => one.Values.Chunk(MaxValues).Select((values, number) => (one.Name, one.Unit, Values: values, Number: number)))
            .ToList();

        // A line names a metric once: the first piece of each, then the second of each that has one, and so on.
        return pieces.GroupBy(piece => piece.Number)
            .OrderBy(round => round.Key)
            .SelectMany(round => round.Chunk(MaxMetrics))
            .Select(metrics => Line(metricNamespace, now, dimensions, [.. metrics.Select(piece => (piece.Name, piece.Unit, piece.Values))]));
    }

    private static string Line(
        string metricNamespace, DateTimeOffset now, EmfDimensions dimensions, IReadOnlyList<(string Name, string Unit, double[] Values)> metrics)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteStartObject("_aws");
            json.WriteNumber("Timestamp", now.ToUnixTimeMilliseconds());
            json.WriteStartArray("CloudWatchMetrics");
            WriteDirective(json, metricNamespace, dimensions, metrics);
            json.WriteEndArray();
            json.WriteEndObject();
            foreach (var (name, value) in dimensions.Values)
            {
                json.WriteString(name, value);
            }

            foreach (var (name, _, values) in metrics)
            {
                json.WritePropertyName(name);
                WriteValues(json, values);
            }

            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void WriteDirective(
        Utf8JsonWriter json, string metricNamespace, EmfDimensions dimensions, IReadOnlyList<(string Name, string Unit, double[] Values)> metrics)
    {
        json.WriteStartObject();
        json.WriteString("Namespace", metricNamespace);
        json.WriteStartArray("Dimensions");
        foreach (var set in dimensions.Sets)
        {
            json.WriteStartArray();
            foreach (var name in set)
            {
                json.WriteStringValue(name);
            }

            json.WriteEndArray();
        }

        json.WriteEndArray();
        json.WriteStartArray("Metrics");
        foreach (var (name, unit, _) in metrics)
        {
            json.WriteStartObject();
            json.WriteString("Name", name);
            json.WriteString("Unit", unit);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteValues(Utf8JsonWriter json, double[] values)
    {
        if (values is [var only])
        {
            json.WriteNumberValue(only);
            return;
        }

        json.WriteStartArray();
        foreach (var value in values)
        {
            json.WriteNumberValue(value);
        }

        json.WriteEndArray();
    }
}
