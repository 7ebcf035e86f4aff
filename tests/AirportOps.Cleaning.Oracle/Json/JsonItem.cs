using System.Text;

namespace AirportOps.Cleaning.Oracle.Json;

/// <summary>A JSON value and where it stands in its text: bytes from Start up to, not including, End.</summary>
internal abstract record JsonItem(byte[] Source, int Start, int End)
{
    public byte[] Raw => Source[Start..End];

    /// <summary>The value as text that can be kept: spelling as it came, what is ill-formed replaced, commas before closing brackets left out.</summary>
    public virtual string Spelling => Encoding.UTF8.GetString(Raw);

    /// <summary>Whether it holds bytes that are not UTF-8 or an escape of a lone surrogate.</summary>
    public virtual bool IsIllFormed => false;

    /// <summary>Whether a comma stands before a closing bracket in it.</summary>
    public virtual bool HasTrailingComma => false;
}

internal sealed record JsonNull(byte[] Source, int Start, int End) : JsonItem(Source, Start, End);

internal sealed record JsonBoolean(byte[] Source, int Start, int End) : JsonItem(Source, Start, End);

internal sealed record JsonNumber(byte[] Source, int Start, int End) : JsonItem(Source, Start, End);

/// <summary>
/// A string: Text is unescaped, AsItCame has its quotes and escapes; in both U+FFFD stands for each maximal ill-formed part. Content is
/// unescaped with its bytes as they came, but for lone surrogates.
/// </summary>
internal sealed record JsonString(byte[] Source, int Start, int End, string Text, string AsItCame, byte[] Content, bool HasLoneSurrogate, bool IllFormed)
    : JsonItem(Source, Start, End)
{
    public override string Spelling => AsItCame;

    public override bool IsIllFormed => IllFormed;
}

/// <summary>An array: Gaps are what stands before the first element, between two, and after the last, one more than elements; commas included.</summary>
internal sealed record JsonArray(byte[] Source, int Start, int End, IReadOnlyList<JsonItem> Items, IReadOnlyList<string> Gaps, bool EndsInComma)
    : JsonItem(Source, Start, End)
{
    public override bool IsIllFormed => Items.Any(item => item.IsIllFormed);

    public override bool HasTrailingComma => EndsInComma || Items.Any(item => item.HasTrailingComma);

    public override string Spelling => "[" + Gaps[0] + string.Concat(Items.Select((item, index) => item.Spelling + Gaps[index + 1])) + "]";
}

internal sealed record JsonMember(JsonString Key, JsonItem Value);

/// <summary>An object: Gaps are what stands before each key and between it and its value, and at the end what stands after the last value.</summary>
internal sealed record JsonObject(byte[] Source, int Start, int End, IReadOnlyList<JsonMember> Members, IReadOnlyList<string> Gaps, bool EndsInComma)
    : JsonItem(Source, Start, End)
{
    public override bool IsIllFormed => Members.Any(member => member.Key.IsIllFormed || member.Value.IsIllFormed);

    public override bool HasTrailingComma => EndsInComma || Members.Any(member => member.Value.HasTrailingComma);

    public override string Spelling => "{" + string.Concat(Members.Select((member, index) =>
        Gaps[2 * index] + member.Key.Spelling + Gaps[(2 * index) + 1] + member.Value.Spelling)) + Gaps[^1] + "}";
}
