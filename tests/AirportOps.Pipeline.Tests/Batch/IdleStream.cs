namespace AirportOps.Pipeline.Tests.Batch;

/// <summary>A pipe that nobody writes to: a read lasts until the stream is disposed of.</summary>
/// <param name="reading">Told when a read begins.</param>
internal sealed class IdleStream(Action reading) : MemoryStream
{
    private readonly ManualResetEventSlim _closed = new();

    public override bool CanSeek => false;

    public override int Read(Span<byte> buffer)
    {
        reading();
        _closed.Wait();
        return 0;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    protected override void Dispose(bool disposing)
    {
        _closed.Set();
        base.Dispose(disposing);
    }
}
