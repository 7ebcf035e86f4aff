using AirportOps.Streams;

namespace AirportOps.Cli.Feeding;

/// <summary>Lets several sources write through one writer, one after another. Doesn't own the writer.</summary>
/// <param name="writer">Takes the records of all.</param>
internal sealed class SharedWriter(IStreamWriter writer) : IStreamWriter
{
    private readonly SemaphoreSlim _turn = new(1);

    /// <inheritdoc/>
    public async Task WriteAsync(IReadOnlyList<OutgoingRecord> records, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            await writer.WriteAsync(records, cancellationToken);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <inheritdoc/>
    public string? WhyNot(ReadOnlySpan<byte> data) => writer.WhyNot(data);

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _turn.Dispose();
        return ValueTask.CompletedTask;
    }
}
