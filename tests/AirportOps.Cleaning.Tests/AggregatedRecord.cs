using System.Buffers.Binary;
using System.Security.Cryptography;

namespace AirportOps.Cleaning.Tests;

/// <summary>Makes what a producer aggregated.</summary>
internal static class AggregatedRecord
{
    /// <summary>Records as the Kinesis Producer Library puts them into one: by its description, apart from the product.</summary>
    internal static byte[] Of(params byte[][] records)
    {
        var message = new List<byte>();
        AddField(message, 1, "key-0"u8.ToArray());
        foreach (var data in records)
        {
            var record = new List<byte> { 1 << 3, 0 };
            AddField(record, 3, data);
            AddField(message, 3, [.. record]);
        }

#pragma warning disable CA5351 // The format's own check.
        byte[] hash = MD5.HashData([.. message]);
#pragma warning restore CA5351
        var magic = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(magic, 0xF389_9AC2);
        return [.. magic, .. message, .. hash];

        static void AddField(List<byte> target, int number, byte[] content)
        {
            target.Add((byte)((number << 3) | 2));
            var length = (uint)content.Length;
            for (; length >= 0x80; length >>= 7)
            {
                target.Add((byte)(length | 0x80));
            }

            target.Add((byte)length);
            target.AddRange(content);
        }
    }
}
