namespace AirportOps.Operations.Alerts;

/// <summary>What an alert is about.</summary>
public enum AlertKind
{
    /// <summary>A window was opened and is not committed. Place: stream and shard.</summary>
    StuckWindow,

    /// <summary>Too large a share of the events is refused. Place: the stream.</summary>
    QuarantineRate,

    /// <summary>A data test of severity error found a row. Place: the table.</summary>
    FailedTest,

    /// <summary>A stage stands too far behind. Place: the stage, and the stream where there is one.</summary>
    Stale,

    /// <summary>A stage stands so far behind that the stream will soon drop what it has not read. Place: the stage and the stream.</summary>
    Retention,

    /// <summary>The stream has dropped, or may have, what a stage had not read. Place: the stage, the stream and the shard.</summary>
    Gap,

    /// <summary>A step of the star schema's build failed of some keys, which are set aside. Place: the step.</summary>
    SetAside,
}
