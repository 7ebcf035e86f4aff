namespace AirportOps.Cli.Settings;

/// <summary>Where metrics are written to.</summary>
internal enum MetricsTarget
{
    /// <summary>Nowhere.</summary>
    Off,

    /// <summary>Standard error, among the log.</summary>
    StandardError,

    /// <summary>Standard output, among the results.</summary>
    StandardOutput,

    /// <summary>The end of a file.</summary>
    File,
}
