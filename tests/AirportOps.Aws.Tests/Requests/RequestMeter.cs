using AirportOps.Aws.Tests.Emulators;

namespace AirportOps.Aws.Tests.Requests;

/// <summary>Counts what comes through endpoints, by who asks and what is asked for. Safe for concurrent use.</summary>
internal sealed class RequestMeter
{
    private readonly Lock _guard = new();
    private readonly Dictionary<(string Who, string What), long> _counts = [];

    /// <summary>Counts every request to an endpoint as one of somebody; all go on to the emulator.</summary>
    internal void Watch(ScriptedEndpoint endpoint, string who)
    {
        endpoint.KeepsRequests = false;
        endpoint.Next(request => Count(who, NameOf(request)), int.MaxValue, Happenings.Reset);
    }

    /// <summary>The counts so far, by who asked and what for.</summary>
    internal IReadOnlyDictionary<(string Who, string What), long> Read()
    {
        lock (_guard)
        {
            return _counts.ToDictionary();
        }
    }

    /// <summary>A request's name: for S3 that of the price list, for the others the operation.</summary>
    internal static string NameOf(ReceivedRequest request) => request switch
    {
        { Operation: { Length: > 0 } operation } => operation,
        { Method: "GET" } when request.Path.Contains("list-type=2", StringComparison.Ordinal) => "LIST",
        _ => request.Method,
    };

    /// <returns>False: the request is not this rule's to answer.</returns>
    private bool Count(string who, string what)
    {
        lock (_guard)
        {
            _counts[(who, what)] = _counts.GetValueOrDefault((who, what)) + 1;
        }

        return false;
    }
}
