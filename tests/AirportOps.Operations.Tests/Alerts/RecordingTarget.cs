using System.Collections.Concurrent;
using System.Threading.Channels;
using AirportOps.Operations.Alerts;

namespace AirportOps.Operations.Tests.Alerts;

/// <summary>Keeps what is delivered, and fails as told.</summary>
internal sealed class RecordingTarget : IAlertTarget
{
    private readonly Channel<string> _attempts = Channel.CreateUnbounded<string>();

    /// <summary>How many of the next attempts fail.</summary>
    internal int Failures { get; set; }

    /// <summary>What was delivered: state and place.</summary>
    internal ConcurrentQueue<string> Delivered { get; } = new();

    /// <summary>The ids of all attempts, in order.</summary>
    internal ConcurrentQueue<Guid> Ids { get; } = new();

    public string Name => "topic t";

    public Task DeliverAsync(Alert alert, Guid id, CancellationToken cancellationToken)
    {
        Ids.Enqueue(id);
        _attempts.Writer.TryWrite(alert.Place);
        if (Failures-- > 0)
        {
            throw new AlertDeliveryException("It is away.", new IOException());
        }

        Delivered.Enqueue($"{alert.StateName} {alert.Place}");
        return Task.CompletedTask;
    }

    /// <summary>Waits for the next attempt.</summary>
    internal async Task AttemptAsync() => await _attempts.Reader.ReadAsync(TestContext.Current.CancellationToken);
}
