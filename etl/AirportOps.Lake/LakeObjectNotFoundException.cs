using AirportOps.Reliability;

namespace AirportOps.Lake;

/// <summary>An object that was asked for is not there.</summary>
/// <param name="location">The store.</param>
/// <param name="key">The object's key.</param>
/// <param name="innerException">The cause, or null.</param>
public sealed class LakeObjectNotFoundException(string location, string key, Exception? innerException)
    : LakeException($"The lake {location} has no object '{key}'.", Fault.Operator, innerException)
{
    /// <summary>The object's key.</summary>
    public string Key { get; } = key;
}
