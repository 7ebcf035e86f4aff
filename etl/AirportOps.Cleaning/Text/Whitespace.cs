using System.Buffers;
using System.Text;

namespace AirportOps.Cleaning.Text;

/// <summary>White space around a text: whatever Unicode calls so.</summary>
internal static class Whitespace
{
    internal static Slice Trim(Workspace workspace, Slice text)
    {
        var span = workspace[text];
        if (span.IsEmpty || (IsInk(span[0]) && IsInk(span[^1])))
        {
            return text;
        }

        var start = 0;
        while (start < span.Length && Rune.DecodeFromUtf8(span[start..], out var first, out var consumed) == OperationStatus.Done
            && Rune.IsWhiteSpace(first))
        {
            start += consumed;
        }

        var end = span.Length;
        while (end > start && Rune.DecodeLastFromUtf8(span[start..end], out var last, out var consumed) == OperationStatus.Done
            && Rune.IsWhiteSpace(last))
        {
            end -= consumed;
        }

        return new Slice(text.Start + start, end - start);
    }

    internal static int SkipJson(ReadOnlySpan<byte> json)
    {
        var index = 0;
        while (index < json.Length && json[index] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')
        {
            index++;
        }

        return index;
    }

    private static bool IsInk(byte b) => b is > 0x20 and < 0x7F;
}
