namespace AirportOps;

/// <summary>A stream with bytes already taken from it put back before the rest. Compiled into each project that needs it.</summary>
/// <param name="prefix">The bytes.</param>
/// <param name="rest">What follows; disposed with this stream.</param>
internal sealed class PrefixedStream(ReadOnlyMemory<byte> prefix, Stream rest) : InputStream
{
    private ReadOnlyMemory<byte> _prefix = prefix;

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        if (_prefix.IsEmpty)
        {
            return rest.Read(buffer);
        }

        var taken = Math.Min(buffer.Length, _prefix.Length);
        _prefix.Span[..taken].CopyTo(buffer);
        _prefix = _prefix[taken..];
        return taken;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            rest.Dispose();
        }

        base.Dispose(disposing);
    }
}
