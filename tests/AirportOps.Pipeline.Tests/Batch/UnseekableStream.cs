namespace AirportOps.Pipeline.Tests.Batch;

/// <summary>Gives bytes as a pipe does: a few at a time, of many bytes more, with no way back.</summary>
internal sealed class UnseekableStream(byte[] content) : MemoryStream(content)
{
    private readonly int _atOnce = 7 + (content.Length / 20_000);

    public override bool CanSeek => false;

    public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(count, _atOnce));

    public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(buffer.Length, _atOnce)]);
}
