namespace AirportOps.Files;

/// <summary>
/// Opens files as users have them, told apart by content: gzip of any number of members, a zip of one file and UTF-16 are read, one in another too; other
/// compressed and binary formats are named in one line that says what to do. What is damaged fails where it is read and is never cut short in silence.
/// </summary>
public static class InputContent
{
    /// <summary>The most bytes that <see cref="OpenLines"/> looks at.</summary>
    public const int LookBytes = 1 << 16;

    /// <summary>A gzip in a gzip in a zip is somebody's mistake; more is an attack.</summary>
    private const int MostLayers = 4;

    /// <summary>No format that is told apart has a shorter beginning.</summary>
    private const int LeastBytes = 6;

    /// <summary>Up to the magic of tar.</summary>
    private const int StartBytes = 512;

    /// <summary>Opens what is stored as the bytes it holds.</summary>
    /// <param name="stored">The file at its start; disposed with the result, or when this fails. A zip must be seekable.</param>
    /// <param name="name">The file's path, for messages.</param>
    /// <param name="isWanted">Which file of a zip is read, by its path in there; null where it has to be the only one.</param>
    /// <returns>
    /// The content, UTF-8 where it was UTF-16; <paramref name="stored"/> itself where it is plain and seekable. Reading it throws
    /// <see cref="InvalidDataException"/>, which says where, when the data is damaged or cut short.
    /// </returns>
    /// <exception cref="InputFormatException">It is of a format that is not read, or ends in <c>.gz</c> and is not compressed.</exception>
    public static Stream Open(Stream stored, string name, Func<string, bool>? isWanted = null)
    {
        ArgumentNullException.ThrowIfNull(stored);
        var content = stored;
        try
        {
            for (var layer = 0; layer < MostLayers; layer++)
            {
                content = Peek(content, StartBytes, LeastBytes, out var start);
                if (Unwrap(content, start, name, isWanted) is not { } inner)
                {
                    return layer > 0 || start.Length == 0 || !name.EndsWith(".gz", StringComparison.OrdinalIgnoreCase)
                        ? content
                        : throw new InputFormatException($"{name} is not compressed, as its name says. Name it without .gz if it is plain lines.");
                }

                content = inner;
            }

            throw new InputFormatException($"{name} is compressed {MostLayers} times over or more, which is not read. Decompress it first.");
        }
        catch
        {
            content.Dispose();
            throw;
        }
    }

    /// <summary>Opens what is stored as lines of JSON, one record each; says in one line where it is CSV, a page of HTML or JSON spread over lines.</summary>
    /// <param name="stored">As of <see cref="Open"/>.</param>
    /// <param name="name">As of <see cref="Open"/>.</param>
    /// <param name="look">
    /// How many bytes are waited for to tell what they are, 1…<see cref="LookBytes"/>: 1 for a pipe whose records should not wait for later ones.
    /// </param>
    /// <returns>As of <see cref="Open"/>; line ends that are lone carriage returns are line feeds.</returns>
    /// <exception cref="InputFormatException">It is not lines of JSON, or of a format that is not read.</exception>
    public static Stream OpenLines(Stream stored, string name, int look = LookBytes)
    {
        var content = Open(stored, name);
        try
        {
            content = Peek(content, LookBytes, look, out var start);
            return RecordLines.Check(start, isWhole: start.Length < look, name) == LineEnd.CarriageReturn ? new ReturnsAsFeeds(content) : content;
        }
        catch
        {
            content.Dispose();
            throw;
        }
    }

    /// <summary>Reads the first bytes, and gives a stream that has them still before it.</summary>
    private static Stream Peek(Stream content, int most, int least, out ReadOnlyMemory<byte> start)
    {
        var bytes = new byte[most];
        var known = content.ReadAtLeast(bytes, Math.Min(least, most), throwOnEndOfStream: false);
        start = bytes.AsMemory(0, known);
        if (content.CanSeek)
        {
            content.Seek(-known, SeekOrigin.Current);
            return content;
        }

        return new PrefixedStream(start, content);
    }

    /// <summary>The content of a layer, or null where it is plain.</summary>
    private static Stream? Unwrap(Stream content, ReadOnlyMemory<byte> start, string name, Func<string, bool>? isWanted)
    {
        if (GzipMembers.Recognises(start.Span))
        {
            return new GzipMembers(content);
        }

        if (ZipContent.Recognises(start.Span))
        {
            return ZipContent.Open(content, name, isWanted);
        }

        if (UnreadFormat.Find(start.Span) is { } unread)
        {
            throw new InputFormatException($"{name} is {unread.What}, which is not read. {unread.Advice}");
        }

        return Utf16Content.Recognise(start.Span) is { } order ? new Utf16Content(content, order) : null;
    }
}
