namespace AirportOps.Cleaning.Oracle.Tests.Fuzzing;

internal static class RandomExtensions
{
    public static bool OneIn(this Random random, int count) => random.Next(count) == 0;

    public static T Of<T>(this Random random, params IReadOnlyList<T> choices) => choices[random.Next(choices.Count)];
}
