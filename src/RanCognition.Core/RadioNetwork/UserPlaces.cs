namespace RanCognition.RadioNetwork;

/// <summary>Where users are.</summary>
internal sealed class UserPlaces
{
    public UserPlaces(int count)
    {
        X = new double[count];
        Y = new double[count];
        HeightM = new double[count];
        Indoor = new bool[count];
    }

    public int Count => X.Length;

    /// <summary>To the east, m.</summary>
    public double[] X { get; }

    /// <summary>To the north, m.</summary>
    public double[] Y { get; }

    /// <summary>Above the ground.</summary>
    public double[] HeightM { get; }

    /// <summary>Within a building.</summary>
    public bool[] Indoor { get; }
}
