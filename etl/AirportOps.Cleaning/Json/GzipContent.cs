using System.Buffers.Binary;
using System.IO.Compression;
using AirportOps.Cleaning.Text;

namespace AirportOps.Cleaning.Json;

/// <summary>What a gzip'd record holds, up to a limit: a small record can be told to hold gigabytes.</summary>
internal static class GzipContent
{
    private const int ChunkBytes = 1 << 14;

    internal static bool IsGzip(ReadOnlySpan<byte> bytes) => GzipMembers.Recognises(bytes);

    /// <summary>Decompresses behind what the workspace holds.</summary>
    /// <param name="workspace">Holds the record, and takes its content.</param>
    /// <param name="record">Where the record stands.</param>
    /// <param name="limit">The most bytes taken.</param>
    /// <param name="content">Where the content stands.</param>
    /// <returns>What the record is: <see cref="RecordElementKind.Object"/> stands for whole.</returns>
    internal static RecordElementKind Read(Workspace workspace, Slice record, int limit, out Slice content)
    {
        var start = workspace.Length;
        content = new Slice(start, 0);
        using var source = new MemoryStream(workspace[record].ToArray(), writable: false);
        using var gzip = new GZipStream(source, CompressionMode.Decompress);
        try
        {
            while (true)
            {
                var read = gzip.Read(workspace.Reserve(ChunkBytes));
                workspace.Commit(read);
                content = new Slice(start, workspace.Length - start);
                if (content.Length > limit)
                {
                    workspace.Truncate(start);
                    return RecordElementKind.TooLarge;
                }

                if (read == 0)
                {
                    return Check(workspace[record], workspace[content]);
                }
            }
        }
        catch (InvalidDataException)
        {
            workspace.Truncate(start);
            return RecordElementKind.Malformed;
        }
    }

    /// <summary>Finds what <see cref="GZipStream"/> does not say: that a member was cut off, or that bytes behind one are no other.</summary>
    private static RecordElementKind Check(ReadOnlySpan<byte> record, ReadOnlySpan<byte> content)
    {
        const int shortest = 18;
        if (record.Length < shortest || BinaryPrimitives.ReadUInt32LittleEndian(record[^sizeof(uint)..]) > (uint)content.Length)
        {
            return RecordElementKind.Truncated;
        }

        using var members = new GzipMembers(new MemoryStream(record.ToArray(), writable: false), ChunkBytes);
        try
        {
            members.CopyTo(Stream.Null);
            return RecordElementKind.Object;
        }
        catch (InvalidDataException)
        {
            return RecordElementKind.Malformed;
        }
    }
}
