namespace AirportOps.Files;

/// <summary>Carriage returns as line feeds, for files that end lines so.</summary>
internal sealed class ReturnsAsFeeds(Stream source) : InputStream
{
    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        var read = source.Read(buffer);
        buffer[..read].Replace((byte)'\r', (byte)'\n');
        return read;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            source.Dispose();
        }

        base.Dispose(disposing);
    }
}
