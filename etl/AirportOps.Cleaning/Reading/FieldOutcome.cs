namespace AirportOps.Cleaning.Reading;

/// <summary>What became of a field's value.</summary>
internal enum FieldOutcome
{
    /// <summary>It was read.</summary>
    Read,

    /// <summary>It stands for null.</summary>
    Null,

    /// <summary>It can't be read or is out of its range.</summary>
    Bad,

    /// <summary>A code or name that no reference row has.</summary>
    Unknown,
}
