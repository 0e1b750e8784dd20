using RanCognition.Contracts;
using RanCognition.Optimization.Son;
using RanCognition.RadioNetwork;

namespace RanCognition.Optimization;

/// <summary>Draws a network before and after.</summary>
internal static class NetworkMapper
{
    /// <summary>The map at a point; null when it is not known where things are (links that were given).</summary>
    public static NetworkMap? Map(CellProblem problem, double[] x)
    {
        if (problem.Links is not { SitePlaces: { } sites, UserPlaces: { } users })
        {
            return null;
        }
        RadioNetworkEvaluator evaluator = new(problem.Network, problem.Links, "problem/network");
        double[]? loadsBefore = evaluator.IsFeasible ? evaluator.Loads.ToArray() : null, ratesBefore = evaluator.RatesMbps();
        CellSpec[] after = problem.CellsAt(x);
        evaluator.Set(after);
        double[]? loadsAfter = evaluator.IsFeasible ? evaluator.Loads.ToArray() : null, ratesAfter = evaluator.RatesMbps();
        int[] cellSites = CellPlacement.Sites(after, problem.Links.Sites, "problem/network/cells");
        MapCell[] cells = new MapCell[after.Length];
        for (int i = 0; i < cells.Length; i++)
        {
            CellSpec before = problem.PresentCells[i];
            cells[i] = new MapCell
            {
                Site = cellSites[i],
                AzimuthDeg = after[i].AzimuthDeg,
                TiltDegBefore = before.TiltDeg,
                TiltDegAfter = after[i].TiltDeg,
                PowerDbmBefore = before.PowerDbm,
                PowerDbmAfter = after[i].PowerDbm,
                OnBefore = before.On,
                OnAfter = after[i].On,
                LoadBefore = loadsBefore?[i],
                LoadAfter = loadsAfter?[i],
            };
        }
        return new NetworkMap { Sites = Sites(sites), Cells = cells, Users = Users(users, ratesBefore, ratesAfter) };
    }

    private static SiteSpec[] Sites(SitePlaces places)
    {
        SiteSpec[] sites = new SiteSpec[places.Count];
        for (int i = 0; i < sites.Length; i++)
        {
            sites[i] = new SiteSpec(places.X[i], places.Y[i], places.HeightM[i]);
        }
        return sites;
    }

    /// <summary>At most <see cref="NetworkMap.UsersMax"/> of them, evenly spaced.</summary>
    private static MapUser[] Users(UserPlaces places, double[]? before, double[]? after)
    {
        MapUser[] users = new MapUser[Math.Min(places.Count, NetworkMap.UsersMax)];
        for (int i = 0; i < users.Length; i++)
        {
            int user = (int)((long)i * places.Count / users.Length);
            users[i] = new MapUser(places.X[user], places.Y[user], before?[user], after?[user]);
        }
        return users;
    }
}
