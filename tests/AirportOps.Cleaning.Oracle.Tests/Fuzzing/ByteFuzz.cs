using System.Globalization;

namespace AirportOps.Cleaning.Oracle.Tests.Fuzzing;

/// <summary>What is wrong with characters inside JSON strings: ill-formed UTF-8, lone surrogates, needless escapes.</summary>
internal static class ByteFuzz
{
    /// <summary>Ill-formed sequences, and well-formed ones that look like it; the last are escapes.</summary>
    private static readonly string[] Insertions =
    [
        "\xFF", "\xC3", "\xE2\x82", "\xF0\x9F\x9B", "\xED\xA0\x80", "\xC0\xAF", "\xF4\x90\x80\x80", "\x80", "\xE2\x28\xA1", "\xF0\x9F\x41", "\xC3\xA9", "\xEF\xBF\xBD", "\xE0\x80\x80",
        "\xF8\x88\x80\x80\x80", "\xC3\xC3", "\\ud800", "\\udc00", "\\ud83d\\udeeb", "\\ud800\\ud800", "\\ud800x", "\\udc00\\ud800", "\\uD83D\\n", "\\u00e9", "\\u0000", "\\ufffd", "\\ud800\xE2",
        "\\uDBFF\\uDFFF", "\\ud800\\u0041", "\\ud83d\\ud83d\\udeeb",
    ];

    /// <summary>Spoils a JSON string now and then; a text without quotes stays.</summary>
    public static string Spoilt(Random random, string json, int oneIn)
    {
        if (json.Length < 2 || !random.OneIn(oneIn))
        {
            return json;
        }

        // Between two characters, never within an escape.
        var starts = Starts(json);
        var at = random.Of(starts);
        return random.Next(3) switch
        {
            0 when at < json.Length - 1 && json[at] is > ' ' and < '\x7F' and not '\\' =>
                json[..at] + string.Create(CultureInfo.InvariantCulture, $"\\u{(int)json[at]:x4}") + json[(at + 1)..],
            _ => json[..at] + random.Of(Insertions) + json[at..],
        };
    }

    private static List<int> Starts(string json)
    {
        var starts = new List<int>();
        for (var at = 1; at < json.Length; at++)
        {
            starts.Add(at);
            at += json[at] != '\\' ? 0 : json[at + 1] == 'u' ? 5 : 1;
        }

        return starts;
    }
}
