namespace AirportOps.Cleaning.Text;

/// <summary>A part of a <see cref="Workspace"/>.</summary>
/// <param name="Start">Index of the first byte.</param>
/// <param name="Length">How many bytes.</param>
internal readonly record struct Slice(int Start, int Length)
{
    internal int End => Start + Length;
}
