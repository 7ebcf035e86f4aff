using System.Diagnostics.Metrics;

namespace AirportOps.Operations.Emf;

/// <summary>Names and units of instruments as CloudWatch has them.</summary>
internal static class EmfNames
{
    /// <summary><c>airportops.window.duration</c> becomes <c>WindowDuration</c>, <c>late_rows</c> becomes <c>LateRows</c>.</summary>
    internal static string MetricOf(Instrument instrument)
    {
        var prefix = $"{instrument.Meter.Name}.";
        var name = instrument.Name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase) ? instrument.Name[prefix.Length..] : instrument.Name;
        return Pascal(name);
    }

    /// <summary><c>stage</c> becomes <c>Stage</c>.</summary>
    internal static string Pascal(string name) =>
        string.Concat(name.Split(['.', '_', '-'], StringSplitOptions.RemoveEmptyEntries).Select(word => char.ToUpperInvariant(word[0]) + word[1..]));

    /// <summary>The unit; <c>None</c> for one that CloudWatch does not have.</summary>
    internal static string UnitOf(Instrument instrument) => instrument.Unit switch
    {
        "s" => "Seconds",
        "ms" => "Milliseconds",
        "us" => "Microseconds",
        "By" => "Bytes",
        "%" => "Percent",
        ['{', .., '}'] => "Count",
        _ => "None",
    };

    /// <summary>A value that CloudWatch takes as a dimension's: printable ASCII, 1 to 1,024 characters.</summary>
    internal static string DimensionValue(object? value)
    {
        var text = Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture) ?? string.Empty;
        text = string.Concat(text.Select(letter => letter is >= ' ' and <= '~' ? letter : '?')).Trim();
        return text.Length switch
        {
            0 => "-",
            > 1024 => text[..1024],
            _ => text,
        };
    }
}
