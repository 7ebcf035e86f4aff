using System.Text;

namespace AirportOps.Cleaning.Text;

/// <summary>Full names without case, accents and anything but letters and digits: <c>Aeroméxico</c> and <c>AERO MEXICO</c> are one.</summary>
/// <remarks>The product runs without culture data, where the framework decomposes no letters; so the letters of Latin scripts stand here.</remarks>
internal static class NameFolding
{
    /// <summary>Each group: the plain letters, then the letters that fold to them.</summary>
    private const string Groups =
        "a àáâãäåāăąǎǟǡǻȁȃȧạảấầẩẫậắằẳẵặ|ae æǣǽ|b ḃ|c çćĉċč|d ďđðḋḍ|e èéêëēĕėęěȅȇȩẹẻẽếềểễệ|f ḟ|g ĝğġģǧǵ|h ĥħḥ|i ìíîïĩīĭįıİǐȉȋỉị|ij ĳ|j ĵ|k ķǩ"
        + "|l ĺļľŀłḷ|m ṁṃ|n ñńņňǹṅṇ|o òóôõöøōŏőơǒǫǿȍȏȯọỏốồổỗộớờởỡợ|oe œ|p ṗ|r ŕŗřȑȓṛ|s śŝşšșſṡṣ|ss ß|t ţťŧțṫṭ|th þ"
        + "|u ùúûüũūŭůűųưǔǖǘǚǜȕȗụủứừửữự|w ŵẁẃẅ|y ýÿŷȳẏỳỵỷỹ|z źżžẓ";

    private static readonly Dictionary<char, string> Plain = Groups.Split('|')
        .SelectMany(group => group[(group.IndexOf(' ') + 1)..].Select(letter => (letter, plain: group[..group.IndexOf(' ')])))
        .ToDictionary(pair => pair.letter, pair => pair.plain);

    /// <summary>Folds a name in UTF-8. Allocates: names instead of codes are rare, and long where they are not wrong.</summary>
    internal static byte[] FoldUtf8(ReadOnlySpan<byte> name) => Encoding.UTF8.GetBytes(Fold(Encoding.UTF8.GetString(name)));

    internal static string Fold(string name)
    {
        var folded = new StringBuilder(name.Length);
        foreach (var rune in name.EnumerateRunes())
        {
            if (!Rune.IsLetterOrDigit(rune))
            {
                continue;
            }

            var lower = Rune.ToLowerInvariant(rune);
            if (lower.IsBmp && Plain.TryGetValue((char)lower.Value, out var plain))
            {
                folded.Append(plain);
            }
            else
            {
                folded.Append(lower.ToString());
            }
        }

        return folded.ToString();
    }
}
