using AirportOps.Operations.Emf;

namespace AirportOps.Cli.Settings;

/// <summary>Where and how metrics are written.</summary>
/// <param name="Target">Where to. Default off; in a container of ECS standard error, which the log driver takes.</param>
/// <param name="File">The file, for <see cref="MetricsTarget.File"/>.</param>
/// <param name="Options">How often, and by what.</param>
internal sealed record MetricsSettings(MetricsTarget Target, string? File, EmfOptions Options)
{
    /// <summary>What a setting may be, for messages.</summary>
    internal const string Expected = "off, stderr, stdout or file:PATH";

    /// <summary>Set by ECS in its containers.</summary>
    private const string Ecs = "ECS_CONTAINER_METADATA_URI_V4";

    /// <summary>Reads a target.</summary>
    /// <param name="text">The setting; null for the default.</param>
    /// <param name="options">How often, and by what.</param>
    /// <returns>Null when the text means none.</returns>
    internal static MetricsSettings? Read(string? text, EmfOptions options) => text switch
    {
        null => new(string.IsNullOrEmpty(Environment.GetEnvironmentVariable(Ecs)) ? MetricsTarget.Off : MetricsTarget.StandardError, null, options),
        "off" => new(MetricsTarget.Off, null, options),
        "stderr" => new(MetricsTarget.StandardError, null, options),
        "stdout" => new(MetricsTarget.StandardOutput, null, options),
        ['f', 'i', 'l', 'e', ':', _, ..] => new(MetricsTarget.File, text["file:".Length..], options),
        _ => null,
    };
}
