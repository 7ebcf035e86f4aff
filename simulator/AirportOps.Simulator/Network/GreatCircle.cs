namespace AirportOps.Simulator.Network;

/// <summary>
/// Distances on the sphere with additions, multiplications, divisions and square roots only: those round alike on every platform, the
/// library's sine does not promise to.
/// </summary>
internal static class GreatCircle
{
    private const double EarthRadiusKm = 6371;
    private const double RadiansPerDegree = 0.017453292519943295;
    private const int SineTerms = 14;
    private const int ArcsineTerms = 80;

    /// <summary>The distance between two points.</summary>
    /// <returns>Whole kilometres; good to the kilometre up to 9,000 km.</returns>
    public static int Kilometres(double latitude1, double longitude1, double latitude2, double longitude2)
    {
        var (x1, y1, z1) = Point(latitude1 * RadiansPerDegree, longitude1 * RadiansPerDegree);
        var (x2, y2, z2) = Point(latitude2 * RadiansPerDegree, longitude2 * RadiansPerDegree);
        var (dx, dy, dz) = (x1 - x2, y1 - y2, z1 - z2);
        var halfChord = Math.Sqrt((dx * dx) + (dy * dy) + (dz * dz)) / 2;
        return (int)((2 * EarthRadiusKm * Arcsine(halfChord)) + 0.5);
    }

    private static (double X, double Y, double Z) Point(double latitude, double longitude)
    {
        var radius = Cosine(latitude);
        return (radius * Cosine(longitude), radius * Sine(longitude), Sine(latitude));
    }

    private static double Cosine(double x) => Sine((Math.PI / 2) - x);

    private static double Sine(double x)
    {
        var (term, sum) = (x, x);
        for (var n = 1; n < SineTerms; n++)
        {
            term *= -x * x / ((2 * n) * ((2 * n) + 1));
            sum += term;
        }

        return sum;
    }

    private static double Arcsine(double x)
    {
        var (term, sum) = (x, x);
        for (var n = 1; n < ArcsineTerms; n++)
        {
            term *= x * x * ((2 * n) - 1) / (2 * n);
            sum += term / ((2 * n) + 1);
        }

        return sum;
    }
}
