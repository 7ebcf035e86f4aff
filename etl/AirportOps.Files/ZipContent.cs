using System.IO.Compression;
using System.IO.Hashing;

namespace AirportOps.Files;

/// <summary>The one file in a zip. Its checksum and length are held against what the zip says, which the framework's reader does not.</summary>
internal sealed class ZipContent : InputStream
{
    private const int NamesShown = 3;

    private readonly ZipArchive _archive;
    private readonly ZipArchiveEntry _entry;
    private readonly Stream _content;
    private readonly Crc32 _crc = new();
    private long _length;

    private ZipContent(ZipArchive archive, ZipArchiveEntry entry) => (_archive, _entry, _content) = (archive, entry, entry.Open());

    /// <summary>Whether bytes begin as a zip does, an empty one and a part of a split one too.</summary>
    internal static bool Recognises(ReadOnlySpan<byte> start) =>
        start.StartsWith("PK\x03\x04"u8) || start.StartsWith("PK\x05\x06"u8) || start.StartsWith("PK\x07\x08"u8);

    /// <summary>Opens the file in a zip that is wanted, or the only one. Folders and what macOS adds do not count.</summary>
    /// <exception cref="InputFormatException">There is none or there are several, it is encrypted, or the zip is damaged or not seekable.</exception>
    internal static ZipContent Open(Stream stored, string name, Func<string, bool>? isWanted)
    {
        if (!stored.CanSeek)
        {
            throw new InputFormatException($"{name} is a zip, whose list of files is at its end. Save it as a file and name that, or unzip it first (unzip -p).");
        }

        try
        {
            var archive = new ZipArchive(stored, ZipArchiveMode.Read);
            return new ZipContent(archive, Choose(archive, name, isWanted));
        }
        catch (Exception damaged) when (damaged is InvalidDataException or NotSupportedException)
        {
            throw new InputFormatException($"{name} is a zip that can't be read: {damaged.Message.TrimEnd('.')}. Fetch it again, or unzip it first.", damaged);
        }
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidDataException">The data is damaged.</exception>
    public override int Read(Span<byte> buffer)
    {
        int read;
        try
        {
            read = _content.Read(buffer);
        }
        catch (InvalidDataException damaged)
        {
            throw new InvalidDataException($"{_entry.FullName} in the zip is broken after byte {_length} of it", damaged);
        }

        _crc.Append(buffer[..read]);
        _length += read;
        if (_length > _entry.Length || (read == 0 && !buffer.IsEmpty && (_length != _entry.Length || _crc.GetCurrentHashAsUInt32() != _entry.Crc32)))
        {
            throw new InvalidDataException($"{_entry.FullName} in the zip does not have the checksum and length that the zip says");
        }

        return read;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _content.Dispose();
            _archive.Dispose();
        }

        base.Dispose(disposing);
    }

    private static ZipArchiveEntry Choose(ZipArchive archive, string name, Func<string, bool>? isWanted)
    {
        var files = archive.Entries.Where(entry => entry.Name.Length > 0 && entry.Name != ".DS_Store"
            && !entry.FullName.StartsWith("__MACOSX/", StringComparison.Ordinal)).ToArray();
        var wanted = files.Length > 1 && isWanted is not null ? [.. files.Where(file => isWanted(file.FullName))] : files;
        return wanted switch
        {
            [{ IsEncrypted: true }] => throw new InputFormatException($"{name} is a zip that is encrypted, which is not read. Unzip it first."),
            [var single] => single,
            [] => throw new InputFormatException($"{name} is a zip with {(files.Length == 0 ? "no file" : "no such file")} in it. Name one with records."),
            _ => throw new InputFormatException(
                $"{name} is a zip of {files.Length} files ({string.Join(", ", files.Take(NamesShown).Select(file => file.FullName))}"
                + $"{(files.Length > NamesShown ? ", …" : "")}), of which none is chosen for you. Unzip it and name its files."),
        };
    }
}
