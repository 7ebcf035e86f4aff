using System.Text;
using AirportOps.Pipeline.Firehose;

namespace AirportOps.Pipeline.Tests.Firehose;

/// <summary>What a scanner finds in an object that comes in pieces.</summary>
internal static class ScannedRecords
{
    internal static IReadOnlyList<string> Of(byte[] content, FirehoseDelimiter delimiter, int pieceBytes = int.MaxValue)
    {
        var scanner = FirehoseScanner.For(delimiter, content, isEnd: true);
        var records = new List<string>();
        var (start, end) = (0, Math.Min(pieceBytes, content.Length));
        while (true)
        {
            var isEnd = end == content.Length;
            var bytes = content.AsSpan(start, end - start);
            if (scanner.TryNext(bytes, 0, isEnd, out var record))
            {
                records.Add(Encoding.Latin1.GetString(bytes[record]));
                start += record.End.Value;
            }
            else if (isEnd)
            {
                Assert.True(bytes.Trim(" \t\r\n"u8).IsEmpty, "bytes are left over");
                return records;
            }
            else
            {
                end = (int)Math.Min((long)end + pieceBytes, content.Length);
            }
        }
    }
}
