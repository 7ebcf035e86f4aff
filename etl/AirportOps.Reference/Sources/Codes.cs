using System.Globalization;

namespace AirportOps.Reference.Sources;

/// <summary>What can be a code, and the numbers beside codes.</summary>
internal static class Codes
{
    internal const int AirlineLength = 2;
    internal const int AirportLength = 3;

    /// <summary>Whether a text is a code of a length. A few rows of the sources hold signs or words where a code should stand.</summary>
    internal static bool IsCode(string? text, int length) =>
        text is not null && text.Length == length && text.All(c => char.IsAsciiLetterUpper(c) || char.IsAsciiDigit(c));

    internal static double Degrees(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    /// <summary>Whole feet; tables that have fractions are rounded, half away from zero.</summary>
    internal static int Feet(string text) => (int)Math.Round(double.Parse(text, CultureInfo.InvariantCulture), MidpointRounding.AwayFromZero);
}
