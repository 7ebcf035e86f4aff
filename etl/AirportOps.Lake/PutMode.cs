namespace AirportOps.Lake;

/// <summary>What becomes of an object that is already there.</summary>
public enum PutMode
{
    /// <summary>It is replaced, atomically.</summary>
    Overwrite,

    /// <summary>It stays; of many who race to create one, exactly one succeeds.</summary>
    IfAbsent,
}
