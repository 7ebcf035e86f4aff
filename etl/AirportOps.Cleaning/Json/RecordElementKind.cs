namespace AirportOps.Cleaning.Json;

/// <summary>What a part of a record is.</summary>
internal enum RecordElementKind
{
    Object,

    /// <summary>JSON, but no object.</summary>
    Other,

    /// <summary>No JSON, up to the end of the record.</summary>
    Malformed,

    /// <summary>JSON that ends early, up to the end of the record.</summary>
    Truncated,

    /// <summary>Compressed, of more content than is taken.</summary>
    TooLarge,
}
