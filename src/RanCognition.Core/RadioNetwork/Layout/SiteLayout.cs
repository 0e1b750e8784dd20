using RanCognition.Contracts;

namespace RanCognition.RadioNetwork;

/// <summary>The sites, the copies of them that wrap-around adds, and the hexagon that belongs to each.</summary>
internal sealed class SiteLayout
{
    private const double InterSiteDistanceMaxM = 100_000, CoordinateMaxM = 10_000_000, HeightMinM = 1, HeightMaxM = 1000;

    private readonly double[] _copyX, _copyY;
    private readonly double _nearSquare = double.PositiveInfinity;   // nearer than half way to the nearest copy no copy is nearer than the site

    private SiteLayout(SitePlaces sites, double[] hexagonWidthM, (double[] X, double[] Y) copies)
    {
        Sites = sites;
        HexagonWidthM = hexagonWidthM;
        (_copyX, _copyY) = copies;
        for (int copy = 1; copy < _copyX.Length; copy++)
        {
            _nearSquare = Math.Min(_nearSquare, (_copyX[copy] * _copyX[copy] + _copyY[copy] * _copyY[copy]) * (0.25 * (1 - 1e-9)));
        }
    }

    public SitePlaces Sites { get; }

    /// <summary>Between opposite sides of a site's hexagon: the inter-site distance; of a free layout the distance to the nearest other site.</summary>
    public double[] HexagonWidthM { get; }

    /// <summary>From a model's layout, or the 19 sites that a model without one has.</summary>
    /// <param name="spec">The layout; null = the usual.</param>
    /// <param name="siteHeightM">Of sites that give none.</param>
    /// <param name="argument">Name of the model in messages.</param>
    public static SiteLayout From(LayoutSpec? spec, double siteHeightM, string argument)
    {
        LayoutSpec layout = spec ?? new LayoutSpec();
        double distance = layout.InterSiteDistanceM;
        if (!(distance > 0 && distance <= InterSiteDistanceMaxM))
        {
            InvalidInputException.Throw(argument + "/layout/inter_site_distance_m", Text($"{distance}, must be above 0 and at most {InterSiteDistanceMaxM}"));
        }
        if (layout.List is { } list)
        {
            return Free(list, distance, siteHeightM, argument + "/sites");
        }
        int rings = HexagonalGrid.Rings(layout.Sites);
        if (rings < 0)
        {
            InvalidInputException.Throw(argument + "/layout/sites", Text($"{layout.Sites}, must be 1, 7 or 19"));
        }
        double[] widths = new double[layout.Sites];
        Array.Fill(widths, distance);
        return new SiteLayout(HexagonalGrid.Sites(rings, distance, siteHeightM), widths, HexagonalGrid.Copies(layout.Wraparound ? rings : 0, distance));
    }

    /// <summary>From the nearest copy of a site to a place, m.</summary>
    public (double X, double Y) Towards(double x, double y, int site)
    {
        double fromX = x - Sites.X[site], fromY = y - Sites.Y[site], nearestX = fromX, nearestY = fromY, nearest = fromX * fromX + fromY * fromY;
        for (int copy = 1; copy < _copyX.Length && nearest >= _nearSquare; copy++)
        {
            double copyX = fromX - _copyX[copy], copyY = fromY - _copyY[copy], square = copyX * copyX + copyY * copyY;
            if (square < nearest)
            {
                (nearestX, nearestY, nearest) = (copyX, copyY, square);
            }
        }
        return (nearestX, nearestY);
    }

    /// <summary>A coordinate that can be used, m.</summary>
    public static double Coordinate(double value, string place)
    {
        if (!(Math.Abs(value) <= CoordinateMaxM))
        {
            InvalidInputException.Throw(place, Text($"{value}, must be within {CoordinateMaxM} m"));
        }
        return value;
    }

    private static SiteLayout Free(IReadOnlyList<SiteSpec> list, double distanceAloneM, double siteHeightM, string place)
    {
        if (list.Count < 1 || list.Count > OptimizationLimits.SitesMax)
        {
            InvalidInputException.Throw(place, Text($"{list.Count} sites, must be 1..{OptimizationLimits.SitesMax}"));
        }
        SitePlaces sites = new(list.Count);
        for (int i = 0; i < list.Count; i++)
        {
            string name = Text($"{place}/{i}");
            sites.X[i] = Coordinate(list[i].X, name + "/x");
            sites.Y[i] = Coordinate(list[i].Y, name + "/y");
            double height = list[i].HeightM ?? siteHeightM;
            if (!(height >= HeightMinM && height <= HeightMaxM))
            {
                InvalidInputException.Throw(name + "/height_m", Text($"{height}, must be {HeightMinM}..{HeightMaxM}"));
            }
            sites.HeightM[i] = height;
        }
        return new SiteLayout(sites, NearestDistances(sites, distanceAloneM), ([0], [0]));
    }

    /// <summary>By site to the nearest one that stands elsewhere; where there is none, what is given.</summary>
    private static double[] NearestDistances(SitePlaces sites, double distanceAloneM)
    {
        double[] nearest = new double[sites.Count];
        for (int i = 0; i < nearest.Length; i++)
        {
            nearest[i] = double.PositiveInfinity;
            for (int other = 0; other < nearest.Length; other++)
            {
                double distance = double.Hypot(sites.X[i] - sites.X[other], sites.Y[i] - sites.Y[other]);
                if (distance > 0 && distance < nearest[i])
                {
                    nearest[i] = distance;
                }
            }
            nearest[i] = double.IsFinite(nearest[i]) ? Math.Min(nearest[i], InterSiteDistanceMaxM) : distanceAloneM;
        }
        return nearest;
    }

    private static string Text(FormattableString text) => FormattableString.Invariant(text);
}
