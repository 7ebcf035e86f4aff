using System.Buffers.Binary;
using AirportOps.Cleaning.Seen;
using AirportOps.Pipeline.Windows;
using AirportOps.Reliability;

namespace AirportOps.Pipeline.Silver;

/// <summary>
/// The ids a window accepted, as an object: the four bytes <c>AOI1</c>, then 32 bytes an event, little-endian: 128-bit hash of the event_id,
/// 64-bit hash of the clean content, arrival in microseconds since 1970-01-01 UTC.
/// </summary>
internal static class WindowIds
{
    private const int EntryBytes = 32;

    private static ReadOnlySpan<byte> Magic => "AOI1"u8;

    internal static byte[] Write(ReadOnlySpan<AcceptedEvent> accepted)
    {
        var content = new byte[Magic.Length + (accepted.Length * EntryBytes)];
        Magic.CopyTo(content);
        var rest = content.AsSpan(Magic.Length);
        foreach (var accept in accepted)
        {
            BinaryPrimitives.WriteUInt128LittleEndian(rest, accept.Id);
            BinaryPrimitives.WriteUInt64LittleEndian(rest[16..], accept.Content);
            BinaryPrimitives.WriteInt64LittleEndian(rest[24..], accept.ArrivedMicros);
            rest = rest[EntryBytes..];
        }

        return content;
    }

    /// <exception cref="PipelineException">Not such an object.</exception>
    internal static IEnumerable<AcceptedEvent> Read(string key, ReadOnlyMemory<byte> content)
    {
        if (!content.Span.StartsWith(Magic) || (content.Length - Magic.Length) % EntryBytes != 0)
        {
            throw new PipelineException($"The ids of a window, {key}, are damaged. {StoredObject.Remedy}", Fault.Operator, null);
        }

        for (var rest = content[Magic.Length..]; !rest.IsEmpty; rest = rest[EntryBytes..])
        {
            var entry = rest.Span;
            yield return new AcceptedEvent(
                BinaryPrimitives.ReadUInt128LittleEndian(entry),
                BinaryPrimitives.ReadUInt64LittleEndian(entry[16..]),
                BinaryPrimitives.ReadInt64LittleEndian(entry[24..]));
        }
    }
}
