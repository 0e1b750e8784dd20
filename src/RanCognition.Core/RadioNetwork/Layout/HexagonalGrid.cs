namespace RanCognition.RadioNetwork;

/// <summary>Sites in rings around one, every site at the same distance from its six neighbours, which lie at 30, 90, .. 330 degrees: where the sectors look.</summary>
internal static class HexagonalGrid
{
    private const double FirstNeighbourDeg = 30;

    /// <summary>Rings around the first site; -1 when no whole number of rings has that many sites (1, 7 and 19 do).</summary>
    public static int Rings(int sites) => sites switch { 1 => 0, 7 => 1, 19 => 2, _ => -1 };

    /// <summary>The middle, then ring by ring counter-clockwise from 30 degrees.</summary>
    public static SitePlaces Sites(int rings, double interSiteDistanceM, double heightM)
    {
        SitePlaces places = new(1 + 3 * rings * (rings + 1));
        int site = 1;
        for (int ring = 1; ring <= rings; ring++)
        {
            for (int side = 0; side < 6; side++)
            {
                for (int step = 0; step < ring; step++)
                {
                    // From the ring's corner on to the next corner, whose direction differs by 120 degrees from the corner's own.
                    (double cornerX, double cornerY) = Direction(side);
                    (double alongX, double alongY) = Direction(side + 2);
                    places.X[site] = interSiteDistanceM * (ring * cornerX + step * alongX);
                    places.Y[site] = interSiteDistanceM * (ring * cornerY + step * alongY);
                    site++;
                }
            }
        }
        Array.Fill(places.HeightM, heightM);
        return places;
    }

    /// <summary>Where the copies of the layout lie that surround it without gaps, and itself at the first place: seven shifts, for one site one.</summary>
    /// <remarks>n rings tile the plane when shifted by n + 1 steps in one lattice direction and n in the next, and by its turns by 60 degrees.</remarks>
    public static (double[] X, double[] Y) Copies(int rings, double interSiteDistanceM)
    {
        int count = rings == 0 ? 1 : 7;
        double[] x = new double[count], y = new double[count];
        for (int copy = 1; copy < count; copy++)
        {
            (double firstX, double firstY) = Direction(copy - 1);
            (double nextX, double nextY) = Direction(copy);
            x[copy] = interSiteDistanceM * ((rings + 1) * firstX + rings * nextX);
            y[copy] = interSiteDistanceM * ((rings + 1) * firstY + rings * nextY);
        }
        return (x, y);
    }

    /// <summary>Unit vector towards the neighbour of that number, counter-clockwise.</summary>
    public static (double X, double Y) Direction(int neighbour)
    {
        (double sine, double cosine) = Math.SinCos((FirstNeighbourDeg + 60 * neighbour) * (Math.PI / 180));
        return (cosine, sine);
    }
}
