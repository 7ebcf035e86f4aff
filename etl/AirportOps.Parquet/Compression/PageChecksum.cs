using System.Buffers.Binary;

namespace AirportOps.Parquet.Compression;

/// <summary>
/// CRC-32 as in gzip (polynomial 0x04C11DB7, reflected), the checksum of pages as they stand in the file (README.md of the format,
/// "Checksumming"). The framework has only Castagnoli's, so eight tables take eight bytes a step.
/// </summary>
internal static class PageChecksum
{
    private const uint Polynomial = 0xEDB88320;
    private const int Step = sizeof(ulong);

    private static readonly uint[] Tables = CreateTables();

    /// <summary>The checksum of bytes after others whose checksum is <paramref name="before"/>; 0 for none.</summary>
    internal static uint Of(ReadOnlySpan<byte> bytes, uint before = 0)
    {
        var crc = ~before;
        ReadOnlySpan<uint> tables = Tables;
        while (bytes.Length >= Step)
        {
            var word = BinaryPrimitives.ReadUInt64LittleEndian(bytes) ^ crc;
            crc = tables[0x700 + (int)(word & 0xFF)] ^ tables[0x600 + (int)(word >> 8 & 0xFF)]
                ^ tables[0x500 + (int)(word >> 16 & 0xFF)] ^ tables[0x400 + (int)(word >> 24 & 0xFF)]
                ^ tables[0x300 + (int)(word >> 32 & 0xFF)] ^ tables[0x200 + (int)(word >> 40 & 0xFF)]
                ^ tables[0x100 + (int)(word >> 48 & 0xFF)] ^ tables[(int)(word >> 56)];
            bytes = bytes[Step..];
        }

        foreach (var value in bytes)
        {
            crc = tables[(int)((crc ^ value) & 0xFF)] ^ (crc >> 8);
        }

        return ~crc;
    }

    /// <summary>Table k holds each byte's checksum after k zero bytes.</summary>
    private static uint[] CreateTables()
    {
        var tables = new uint[Step * 256];
        for (uint i = 0; i < 256; i++)
        {
            var crc = i;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) == 0 ? crc >> 1 : (crc >> 1) ^ Polynomial;
            }

            tables[i] = crc;
        }

        for (var i = 256; i < tables.Length; i++)
        {
            tables[i] = tables[tables[i - 256] & 0xFF] ^ (tables[i - 256] >> 8);
        }

        return tables;
    }
}
