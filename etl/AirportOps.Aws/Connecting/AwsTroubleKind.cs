namespace AirportOps.Aws.Connecting;

/// <summary>What kind of trouble a call met; decides whether and how to go on.</summary>
internal enum AwsTroubleKind
{
    /// <summary>Asked too often; slower, it works.</summary>
    Throttled,

    /// <summary>There is no room yet, or what was asked wakes up: it says so, so it is there.</summary>
    Busy,

    /// <summary>The endpoint did not answer, or failed.</summary>
    Unavailable,

    /// <summary>What it belonged to is undone as a whole; the whole may work when it is run again.</summary>
    Undone,

    /// <summary>The credentials, the clock or a permission: nothing helps but somebody doing something.</summary>
    Refused,

    /// <summary>What was asked for is not there.</summary>
    Missing,

    /// <summary>Anything else.</summary>
    Other,
}
