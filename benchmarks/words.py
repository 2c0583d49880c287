"""The words that the corpus is made of."""

PLACES = (
    ("Northgate", "北门"),
    ("Eastmere", "东湖"),
    ("Southwell", "南泉"),
    ("Westbrook", "西溪"),
    ("Ashford", "白蜡"),
    ("Harrow Vale", "哈罗谷"),
    ("Linton", "林顿"),
    ("Stonebridge", "石桥"),
    ("Kingsferry", "王渡"),
    ("Oakhurst", "橡林"),
)
BODIES = (
    ("University", "大学", "university"),
    ("Institute of Cell Biology", "细胞生物学研究所", "research centre"),
    ("Municipal Commission", "市委员会", "municipal body"),
    ("Therapeutics", "医药公司", "company"),
)
GIVEN = ("Anna", "Boris", "Clara", "David", "Elena", "Farid", "Grace", "Henry", "Irina", "James", "Karim", "Lucia")
FAMILY = ("Aldous", "Bergman", "Castell", "Dunmore", "Everard")
ROLES = ("Director of Research", "Head of the School", "Chair of the Board", "Chief Scientist", "Dean", "President")
TOPICS = (
    "Clinical trials",
    "Medical education",
    "Shared laboratories",
    "Investment",
    "Data science",
    "Talent exchange",
    "Start-up companies",
    "Public health",
    "Rare diseases",
    "Vaccines",
    "Imaging",
    "Genomics",
    "Medical devices",
    "Ageing",
    "Patient safety",
    "Open access",
    "Campus development",
    "Regional planning",
    "Study visits",
    "Technology transfer",
)

THINGS = (
    "Joint laboratory for cell imaging",
    "Training programme for clinicians",
    "Fund for early research",
    "Shared register of clinical trials",
    "Forum on open data",
    "Exchange of doctoral students",
    "Centre for genomic medicine",
    "Programme of study visits",
    "Network of research hospitals",
    "Incubator for young companies",
    "Library of reference samples",
    "Summer school in epidemiology",
)
ENDS = (
    "opens its doors",
    "enters its second phase",
    "welcomes four new members",
    "publishes its first results",
    "is extended by five years",
    "names its steering group",
    "moves to a larger building",
    "invites proposals for the spring",
    "reports on a year of work",
    "agrees common rules for data",
)
THINGS_ZH = ("联合实验室", "临床培训项目", "早期研究基金", "临床试验登记库", "开放数据论坛", "博士生交流计划")
ENDS_ZH = ("正式启用", "进入第二阶段", "迎来四家新成员", "公布首批成果", "延长五年", "成立指导小组")

HEADINGS = (
    "What the partners agreed",
    "Who takes part",
    "What changes for patients",
    "How the work is paid for",
    "What happens next",
    "The background",
    "Where the work is done",
    "How results are shared",
)
HEADINGS_ZH = ("合作各方的约定", "参与机构", "对患者的意义", "经费来源", "下一步安排", "背景", "工作地点", "成果共享")

SUBJECTS = (
    "The agreement",
    "The new programme",
    "The steering group",
    "A joint team of clinicians and engineers",
    "The first cohort of students",
    "The partnership",
    "The advisory board",
    "A working group of both cities",
    "The laboratory",
    "The fund",
    "The hospital network",
    "An independent panel",
    "The project office",
    "The research council",
)
VERBS = (
    "supports",
    "brings together",
    "will review",
    "has prepared",
    "is meant to speed up",
    "builds on",
    "makes room for",
    "sets common standards for",
    "opens the way to",
    "measures the progress of",
    "coordinates",
    "pays for",
)
OBJECTS = (
    "early studies of new treatments",
    "the training of young researchers",
    "the exchange of samples and data",
    "clinical work in twelve hospitals",
    "a shared register of current trials",
    "regular visits between the two campuses",
    "the transfer of research into practice",
    "small companies that begin on the campus",
    "joint teaching in medicine and engineering",
    "the long-term care of patients with rare diseases",
    "a common set of rules for the use of data",
    "the equipment that both laboratories need",
    "public lectures and open days",
    "the next generation of imaging methods",
    "the city’s plan for life sciences – and what comes after it",
    "a US$2.5 million fund for R&D",
    "the universities’ work on ageing (the “second half” of life)",
)
CIRCUMSTANCES = (
    "over the next five years",
    "in both cities",
    "from the autumn onwards",
    "with the help of local hospitals",
    "under rules that all partners have signed",
    "as part of a wider plan for the region",
    "without further cost to the universities",
    "once the ethics boards have agreed",
    "in three stages",
    "alongside the work that is already under way",
    "for a first period of two years",
    "at no charge to those who take part",
)
QUOTES = (
    "We can do together what none of us could do alone.",
    "This is a careful first step, and the next ones are already planned.",
    "Patients in both cities will notice the difference within a few years.",
    "Good research needs patience, open doors and people who trust each other.",
    "What we learn here will be of use far beyond our own laboratories.",
    "Our students ask better questions because they have worked in two places.",
    "The data belong to the patients; we are their stewards.",
    "It took three years of preparation, and it was worth every week.",
)
SPEAKS = (
    "spoke about the reasons for the work and thanked those who prepared it.",
    "described the first results and the questions that are still open.",
    "set out what the next two years will bring.",
    "pointed to the students who make the exchange possible.",
)
ITEMS = (
    "training in research methods and in the ethics of trials",
    "study visits of up to six weeks",
    "shared use of imaging equipment",
    "a yearly forum for hospitals and companies",
    "grants for early work of up to two years",
    "joint supervision of doctoral students",
    "a common catalogue of samples",
    "advice for those who found a company",
    "open access to all published results",
    "an exchange of nurses and laboratory staff",
)
SUBJECTS_ZH = (
    "合作各方",
    "新项目",
    "指导小组",
    "首批学员",
    "联合实验室",
    "独立专家组",
    "项目办公室",
    "该基金",
    "参与医院",
    "研究团队",
)
CIRCUMSTANCES_ZH = (
    "将在未来五年内",
    "从秋季开始",
    "在当地医院的支持下",
    "按照各方签署的规则",
    "在两座城市同时",
    "将分三个阶段",
    "在伦理委员会批准后",
    "将以公开的方式",
    "自2026年起",
)
ACTIONS_ZH = (
    "支持早期研究",
    "组织为期六周的访问学习",
    "开放成像设备",
    "公布研究成果",
    "建立临床试验登记库",
    "培养青年研究人员",
    "资助成立不满三年的初创企业",
    "协调日常工作",
    "提交评估报告",
    "交换样本与数据",
    "推动“从实验室到临床”的转化",
    "开展医学与工程的联合教学",
)
QUOTES_ZH = (
    "我们一起能够做到任何一方都无法单独完成的事情。",
    "这是谨慎的第一步，后面的工作已经安排妥当。",
    "好的研究需要耐心、开放和彼此信任的人。",
    "两座城市的患者会在几年之内感受到变化。",
)
ITEMS_ZH = (
    "研究方法与伦理培训",
    "为期六周的访问学习",
    "共用成像设备",
    "年度医院与企业论坛",
    "早期研究资助",
    "样本共同目录",
)
SPEAKS_ZH = ("介绍了这项工作的缘由：", "说明了首批成果：", "谈到了今后两年的计划：")
