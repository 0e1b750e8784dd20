namespace RanCognition.RadioNetwork;

/// <summary>Where base stations are.</summary>
internal sealed class SitePlaces
{
    public SitePlaces(int count)
    {
        X = new double[count];
        Y = new double[count];
        HeightM = new double[count];
    }

    public int Count => X.Length;

    /// <summary>To the east, m.</summary>
    public double[] X { get; }

    /// <summary>To the north, m.</summary>
    public double[] Y { get; }

    /// <summary>Of the antennas above the ground.</summary>
    public double[] HeightM { get; }
}
