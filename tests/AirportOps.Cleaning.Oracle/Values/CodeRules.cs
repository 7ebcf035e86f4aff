using System.Text;
using AirportOps.Reference;

namespace AirportOps.Cleaning.Oracle.Values;

/// <summary>
/// The row <c>code_alias</c>: a text is an IATA code, else an ICAO code, else a full name. Tables are asked in their order; within one, active rows
/// come before inactive ones, of equals the first.
/// </summary>
internal sealed class CodeRules
{
    private readonly ILookup<string, CodeRow> _byIata;
    private readonly ILookup<string, CodeRow> _byIcao;
    private readonly ILookup<string, CodeRow> _byName;

    private CodeRules(IEnumerable<CodeRow> rows)
    {
        var inOrder = rows.OrderBy(row => row.Source).ThenBy(row => row.IsActive ? 0 : 1).ToList();
        _byIata = inOrder.ToLookup(row => row.Iata, StringComparer.OrdinalIgnoreCase);
        _byIcao = inOrder.Where(row => row.Icao is not null).ToLookup(row => row.Icao!, StringComparer.OrdinalIgnoreCase);
        _byName = inOrder.Where(row => row.Name.Length > 0).ToLookup(row => row.Name, StringComparer.Ordinal);
    }

    public static CodeRules OfAirlines(ReferenceTables reference) =>
        new(reference.Airlines.Select(row => new CodeRow(row.Source, row.Iata, row.Icao, Folded(row.Name), row.IsActive)));

    public static CodeRules OfAirports(ReferenceTables reference) =>
        new(reference.Airports.Select(row => new CodeRow(row.Source, row.Iata, row.Icao, Folded(row.Name), true)));

    /// <summary>Whether a text is an IATA or ICAO code, in any case: then it is no null token.</summary>
    public bool IsCode(string text) => ByIata(text) is not null || ByIcao(text) is not null;

    public FieldReading Read(FieldText text) =>
        ByIata(text.Text) is { } iata ? FieldReading.Of(iata, text.IsTrimmed || iata != text.Text)
        : ByIcao(text.Text) is { } icao ? FieldReading.Of(icao, text.IsTrimmed || text.Text.Any(char.IsLower), "code_alias")
        : ByName(text.Text) is { } named ? FieldReading.Of(named, text.IsTrimmed, "code_alias")
        : FieldReading.Unknown;

    public string? ByIata(string text) => _byIata[text].FirstOrDefault()?.Iata;

    public string? ByIcao(string text) => _byIcao[text].FirstOrDefault()?.Iata;

    /// <summary>The code of a name: in the first table that has it that of the active rows, else that of any; none where they differ.</summary>
    private string? ByName(string text)
    {
        var all = _byName[Folded(text)].ToList();
        var rows = all.Where(row => row.Source == all[0].Source).ToList();
        var asked = rows.Any(row => row.IsActive) ? rows.Where(row => row.IsActive) : rows;
        var codes = asked.Select(row => row.Iata).Distinct().ToList();
        return codes.Count == 1 ? codes[0] : null;
    }

    /// <summary>Letters and digits only, case and accents folded.</summary>
    private static string Folded(string name) =>
        string.Concat(name.EnumerateRunes().Where(Rune.IsLetterOrDigit).Select(rune => Accents.Folded(Rune.ToLowerInvariant(rune).ToString())));

    private sealed record CodeRow(ReferenceSource Source, string Iata, string? Icao, string Name, bool IsActive);
}
