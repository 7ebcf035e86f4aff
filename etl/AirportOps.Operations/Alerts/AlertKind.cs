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
}
