namespace AirportOps.Operations.Alerts;

/// <summary>Why an alert is sent.</summary>
public enum AlertState
{
    /// <summary>It is so now and was not before.</summary>
    Raised,

    /// <summary>It is still so.</summary>
    Lasting,

    /// <summary>It is so no more.</summary>
    Recovered,
}
