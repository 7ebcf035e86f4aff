namespace AirportOps.Cli.Hosting;

/// <summary>Stages that one process can host side by side.</summary>
[Flags]
internal enum PipelineStages
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>The stream into the raw zone.</summary>
    Bronze = 1,

    /// <summary>The stream into Silver and the quarantine.</summary>
    Silver = 2,

    /// <summary>Silver into staging.</summary>
    Load = 4,

    /// <summary>Staging into the star schema.</summary>
    Gold = 8,

    /// <summary>All of them.</summary>
    All = Bronze | Silver | Load | Gold,
}
