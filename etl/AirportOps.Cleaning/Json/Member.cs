using System.Text.Json;
using AirportOps.Cleaning.Fields;

namespace AirportOps.Cleaning.Json;

/// <summary>A key of an event, at any depth of its objects, with its value. Positions are indexes into the workspace.</summary>
internal struct Member
{
    /// <summary>No field has this number: the key is unknown.</summary>
    internal const Field NoField = (Field)byte.MaxValue;

    /// <summary>Index of the key's opening quote.</summary>
    internal int NameStart;

    /// <summary>Index after the key's closing quote.</summary>
    internal int NameEnd;

    /// <summary>Index of the value's first byte: of a string its opening quote.</summary>
    internal int ValueStart;

    /// <summary>Index after the value.</summary>
    internal int ValueEnd;

    /// <summary>Number of the member whose object holds this one; −1 at the top.</summary>
    internal int Parent;

    /// <summary>Length of the joined key up to and with this one; −1 when it can match nothing any more.</summary>
    internal int PathLength;

    /// <summary>The field the joined key stands for.</summary>
    internal Field Field;

    /// <summary>How far the key is from the canonical spelling; 0 is the spelling itself.</summary>
    internal byte Rank;

    /// <summary>What the value is. An object here is a container of members, but for a value with its unit.</summary>
    internal JsonTokenType Token;

    internal bool IsEscaped;

    /// <summary>Of an object: whether its members are members here.</summary>
    internal bool IsContainer;

    /// <summary>Of an object: whether it has no members at all, not even null ones.</summary>
    internal bool IsEmpty;
}
