namespace AirportOps.Cleaning.Values;

/// <summary>How a point in time was written.</summary>
internal enum InstantForm
{
    /// <summary><c>YYYY-MM-DDTHH:MM:SS[.f…]Z</c>.</summary>
    Clean,

    /// <summary>Another form that tells the instant.</summary>
    Zoned,

    /// <summary>A time on the wall, with no zone.</summary>
    Local,
}
