using AirportOps.Reliability;
using AirportOps.Streams;

namespace AirportOps.Pipeline.Workers;

/// <summary>
/// Asks a lease store that may be away. A question is not repeated: its answer is worth something for a heartbeat only, and the next heartbeat asks anew, from
/// what is then. The store itself tells of its outage. Holds last as long as they are valid, whatever the store does.
/// </summary>
internal static class LeaseStoreOutage
{
    /// <summary>Asks, and does without an answer while the store is away.</summary>
    /// <param name="ask">The question.</param>
    /// <returns>Whether there was an answer.</returns>
    /// <exception cref="StreamException">The store refuses: waiting does not help.</exception>
    internal static async Task<bool> TryAsync(Func<Task> ask)
    {
        try
        {
            await ask().ConfigureAwait(false);
            return true;
        }
        catch (StreamException away) when (away.Fault is Fault.Outside)
        {
            return false;
        }
    }
}
