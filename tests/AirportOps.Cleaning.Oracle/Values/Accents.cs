namespace AirportOps.Cleaning.Oracle.Values;

/// <summary>Latin letters with accents as the letters without. Written out, for the globalization-invariant runtime decomposes nothing.</summary>
internal static class Accents
{
    private static readonly Dictionary<string, string> Plain = new[]
    {
        "a àáâãäåāăąǎǟǡǻȁȃȧḁạảấầẩẫậắằẳẵặ", "b ḃḅḇ", "c çćĉċčḉ", "d ďḋḍḏḑḓđð", "e èéêëēĕėęěȅȇȩḕḗḙḛḝẹẻẽếềểễệ", "f ḟ", "g ĝğġģǧǵḡ",
        "h ĥȟḣḥḧḩḫẖħ", "i ìíîïĩīĭįǐȉȋḭḯỉịı", "j ĵǰ", "k ķǩḱḳḵ", "l ĺļľḷḹḻḽłŀ", "m ḿṁṃ", "n ñńņňǹṅṇṉṋ", "o òóôõöōŏőơǒǫǭȍȏȫȭȯȱṍṏṑṓọỏốồổỗộớờởỡợøǿ",
        "p ṕṗ", "r ŕŗřȑȓṙṛṝṟ", "s śŝşšșṡṣṥṧṩſ", "t ţťțṫṭṯṱẗŧ", "u ùúûüũūŭůűųưǔǖǘǚǜȕȗṳṵṷṹṻụủứừửữự", "v ṽṿ", "w ŵẁẃẅẇẉẘ", "x ẋẍ", "y ýÿŷȳẏẙỳỵỷỹ",
        "z źżžẑẓẕ", "ae æǣǽ", "oe œ", "ij ĳ", "ss ß", "th þ",
    }
    .Select(line => line.Split(' '))
    .SelectMany(line => line[1].Select(letter => (Letter: letter.ToString(), Base: line[0])))
    .ToDictionary(pair => pair.Letter, pair => pair.Base, StringComparer.Ordinal);

    /// <summary>A lower-case letter without its accent; any other as it is.</summary>
    public static string Folded(string letter) => Plain.GetValueOrDefault(letter, letter);
}
