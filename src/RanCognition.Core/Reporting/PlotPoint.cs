namespace RanCognition.Reporting;

/// <summary>A place on a plot.</summary>
/// <remarks>A class, for each list of a new struct is code of its own in the library.</remarks>
internal sealed class PlotPoint(double x, double y)
{
    public double X => x;

    public double Y => y;
}
