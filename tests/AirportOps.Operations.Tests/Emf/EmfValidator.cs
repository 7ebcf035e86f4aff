using System.Text.Json;

namespace AirportOps.Operations.Tests.Emf;

/// <summary>
/// Checks a line against the embedded metric format
/// (<see href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html">specification</see>),
/// and against what CloudWatch takes as a metric.
/// </summary>
public static class EmfValidator
{
    private const int MaxLineBytes = 256 * 1024;

    private static readonly string[] Units =
    [
        "Seconds", "Microseconds", "Milliseconds", "Bytes", "Kilobytes", "Megabytes", "Gigabytes", "Terabytes", "Bits", "Kilobits", "Megabits", "Gigabits",
        "Terabits", "Percent", "Count", "Bytes/Second", "Kilobytes/Second", "Megabytes/Second", "Gigabytes/Second", "Terabytes/Second", "Bits/Second",
        "Kilobits/Second", "Megabits/Second", "Gigabits/Second", "Terabits/Second", "Count/Second", "None",
    ];

    /// <summary>What is wrong with a line; empty when nothing is.</summary>
    public static IReadOnlyList<string> Faults(string line, DateTimeOffset now)
    {
        var faults = new List<string>();
        if (System.Text.Encoding.UTF8.GetByteCount(line) > MaxLineBytes)
        {
            faults.Add("the line is longer than a log event");
        }

        JsonElement root;
        try
        {
            root = JsonDocument.Parse(line).RootElement;
        }
        catch (JsonException wrong)
        {
            return [$"no JSON: {wrong.Message}"];
        }

        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("_aws", out var aws) || aws.ValueKind != JsonValueKind.Object)
        {
            return [.. faults, "the root is no object with the metadata object _aws"];
        }

        if (root.EnumerateObject().GroupBy(member => member.Name, StringComparer.Ordinal).Any(name => name.Count() > 1))
        {
            faults.Add("a member of the root is there twice");
        }

        if (aws.EnumerateObject().Any(member => member.Name is not ("Timestamp" or "CloudWatchMetrics" or "LogGroupName" or "LogStreamName")))
        {
            faults.Add("the metadata object has a member of no meaning");
        }

        CheckTimestamp(aws, now, faults);
        if (!aws.TryGetProperty("CloudWatchMetrics", out var directives) || directives.ValueKind != JsonValueKind.Array || directives.GetArrayLength() == 0)
        {
            return [.. faults, "there are no directives"];
        }

        foreach (var directive in directives.EnumerateArray())
        {
            CheckDirective(root, directive, faults);
        }

        return faults;
    }

    private static void CheckTimestamp(JsonElement aws, DateTimeOffset now, List<string> faults)
    {
        if (!aws.TryGetProperty("Timestamp", out var time) || time.ValueKind != JsonValueKind.Number || !time.TryGetInt64(out var milliseconds))
        {
            faults.Add("Timestamp is no whole number");
            return;
        }

        // CloudWatch takes metrics of the last two weeks and the next two hours.
        var at = DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);
        if (at < now.AddDays(-14) || at > now.AddHours(2))
        {
            faults.Add("Timestamp is not in milliseconds around now");
        }
    }

    private static void CheckDirective(JsonElement root, JsonElement directive, List<string> faults)
    {
        if (directive.EnumerateObject().Any(member => member.Name is not ("Namespace" or "Dimensions" or "Metrics")))
        {
            faults.Add("a directive has a member of no meaning");
        }

        if (!IsText(directive, "Namespace", out var name) || name.Length is < 1 or > 255)
        {
            faults.Add("Namespace is no string of 1 to 255 characters");
        }

        var sets = directive.TryGetProperty("Dimensions", out var dimensions) && dimensions.ValueKind == JsonValueKind.Array
            ? dimensions.EnumerateArray().ToList()
            : [];
        if (sets.Count == 0)
        {
            faults.Add("a directive has no set of dimensions");
        }

        sets.ForEach(set => CheckDimensions(root, set, faults));
        var metrics = directive.TryGetProperty("Metrics", out var definitions) && definitions.ValueKind == JsonValueKind.Array
            ? definitions.EnumerateArray().ToList()
            : [];
        if (metrics.Count is < 1 or > 100)
        {
            faults.Add($"a directive has {metrics.Count} metrics, expected 1 to 100");
        }

        metrics.ForEach(metric => CheckMetric(root, metric, faults));
    }

    private static void CheckDimensions(JsonElement root, JsonElement set, List<string> faults)
    {
        if (set.ValueKind != JsonValueKind.Array || set.GetArrayLength() > 30)
        {
            faults.Add("a set of dimensions is no array of at most 30");
            return;
        }

        foreach (var dimension in set.EnumerateArray())
        {
            var name = dimension.GetString()!;
            if (name.Length is < 1 or > 250 || name.StartsWith(':') || !IsPrintable(name))
            {
                faults.Add($"'{name}' can be no dimension");
            }

            if (!IsText(root, name, out var value) || value.Length is < 1 or > 1024 || !IsPrintable(value) || string.IsNullOrWhiteSpace(value))
            {
                faults.Add($"dimension {name} has no value of 1 to 1024 printable characters at the root");
            }
        }
    }

    private static void CheckMetric(JsonElement root, JsonElement metric, List<string> faults)
    {
        if (!IsText(metric, "Name", out var name) || name.Length is < 1 or > 255 || !IsPrintable(name))
        {
            faults.Add("a metric has no name of 1 to 255 printable characters");
            return;
        }

        if (metric.TryGetProperty("Unit", out var unit) && !Units.Contains(unit.GetString()))
        {
            faults.Add($"metric {name} has the unit {unit}, which is none");
        }

        if (metric.TryGetProperty("StorageResolution", out var resolution) && resolution.GetInt32() is not (1 or 60))
        {
            faults.Add($"metric {name} has a resolution of neither 1 nor 60 s");
        }

        var isThere = root.TryGetProperty(name, out var value);
        var isNumber = isThere && value.ValueKind == JsonValueKind.Number;
        var isNumbers = isThere && value.ValueKind == JsonValueKind.Array && value.GetArrayLength() is >= 1 and <= 100
            && value.EnumerateArray().All(one => one.ValueKind == JsonValueKind.Number);
        if (!isNumber && !isNumbers)
        {
            faults.Add($"metric {name} is neither a number nor 1 to 100 numbers at the root");
        }
    }

    private static bool IsText(JsonElement of, string name, out string text)
    {
        text = of.TryGetProperty(name, out var member) && member.ValueKind == JsonValueKind.String ? member.GetString()! : string.Empty;
        return text.Length > 0;
    }

    private static bool IsPrintable(string text) => text.All(letter => letter is >= ' ' and <= '~');
}
